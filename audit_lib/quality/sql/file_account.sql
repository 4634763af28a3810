-- Every delivered file's rows, counted in what was written, not as the reader counted them; with the money kept.
WITH kept AS (
    SELECT sheet_no, rows_found FROM row_count
),

aside AS (
    SELECT origin // 10000000 AS sheet_no, count(*) AS rows_found FROM set_aside GROUP BY ALL
),

paid AS (
    SELECT sheet_no, sum(fen)::BIGINT AS fen FROM money GROUP BY sheet_no
),

lost AS (
    SELECT sheet_no, sum(amount_fen)::BIGINT AS fen FROM lost_money GROUP BY sheet_no
),

found AS (
    SELECT
        sheet.file, sum(coalesce(kept.rows_found, 0))::BIGINT AS kept_found,
        sum(coalesce(aside.rows_found, 0))::BIGINT AS set_aside_found,
        sum(paid.fen)::BIGINT AS kept_fen, sum(lost.fen)::BIGINT AS set_aside_fen
    FROM sheet
    LEFT JOIN kept USING (sheet_no)
    LEFT JOIN aside USING (sheet_no)
    LEFT JOIN paid USING (sheet_no)
    LEFT JOIN lost USING (sheet_no)
    GROUP BY sheet.file
)

SELECT
    file, table_name, decision, reason, sheets, delivered, kept, set_aside, totals, coalesce(split, 0) AS split,
    coalesce(kept_found, 0) AS kept_found, coalesce(set_aside_found, 0) AS set_aside_found,
    delivered - kept - set_aside - totals AS unaccounted, kept_fen, set_aside_fen
FROM file_register
LEFT JOIN found USING (file)
ORDER BY file
