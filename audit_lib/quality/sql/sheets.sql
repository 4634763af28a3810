-- The sheets that were read.
SELECT sheet_no, file, table_name, delivered, set_aside
FROM sheet
ORDER BY sheet_no
