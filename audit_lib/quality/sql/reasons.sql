-- Why rows were set aside, per file.
SELECT
    sheet.file, set_aside.table_name, set_aside.reason, set_aside.column_name, count(*) AS rows_found,
    min(set_aside.origin % 10000000) AS first_row
FROM set_aside
LEFT JOIN sheet ON set_aside.origin // 10000000 = sheet.sheet_no
GROUP BY ALL
ORDER BY rows_found DESC, file, reason
