-- How far the columns of every sheet are filled, with its file.
SELECT field.*, sheet.file, sheet.sheet
FROM field
LEFT JOIN sheet USING (sheet_no)
ORDER BY field.sheet_no, field.column_name
