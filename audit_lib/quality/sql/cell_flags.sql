-- What cleaning noted about cells, per table, column and kind of note. No cell's content.
SELECT
    cell_change.table_name, cell_change.column_name, cell_change.flag, sum(cell_change.cells)::BIGINT AS cells,
    count(DISTINCT cell_change.raw) AS spellings, count(DISTINCT sheet.file) AS files
FROM cell_change
LEFT JOIN sheet ON cell_change.origin // 10000000 = sheet.sheet_no
WHERE cell_change.flag IS NOT NULL
GROUP BY ALL
ORDER BY cell_change.table_name, cells DESC, cell_change.column_name, cell_change.flag
