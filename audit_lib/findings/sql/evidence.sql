-- All evidence with the place of each row as the user sees it.
SELECT
    part.finding_id, part.table_name, part.origin, sheet.file, sheet.sheet, part.origin % 10000000 AS row
FROM evidence_part AS part
LEFT JOIN sheet ON part.origin // 10000000 = sheet.sheet_no
ORDER BY part.finding_id, part.table_name, part.origin
