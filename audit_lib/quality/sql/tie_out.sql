-- Everything that was compared, in one table; money nobody printed a total for stands in it without one.
WITH without_total AS (
    SELECT money.item_id, money.month // 12 AS year, sum(money.fen)::BIGINT AS detail_fen
    FROM money
    LEFT JOIN (SELECT DISTINCT item_id, year FROM control) AS printed
        ON money.item_id = printed.item_id AND money.month // 12 = printed.year
    WHERE
        money.state = 'paid' AND money.month BETWEEN $audit_from AND $audit_to AND money.item_id IS NOT NULL
        AND printed.item_id IS NULL
    GROUP BY money.item_id, money.month // 12
),

compared AS (
    SELECT * FROM control
    UNION ALL BY NAME
    SELECT * FROM printed
    UNION ALL BY NAME
    SELECT * FROM bank
    UNION ALL BY NAME
    SELECT
        'control' AS level, item_id, year, detail_fen, 0 AS failed_fen, 0 AS reversed_fen, 0 AS other_year_fen,
        0 AS outside_fen, 0 AS set_aside_fen, 0 AS unmapped_fen
    FROM without_total
)

SELECT
    row_number() OVER (ORDER BY level, item_id, year, month, town_id, batch_no, origin)::INTEGER AS tie_no,
    level, sheet.file, sheet.sheet, origin % 10000000 AS row, item_id, town_id, year::INTEGER AS year,
    month::INTEGER AS month, batch_no, given_fen, detail_fen, difference_fen, failed_fen::BIGINT AS failed_fen,
    reversed_fen::BIGINT AS reversed_fen, other_year_fen::BIGINT AS other_year_fen,
    outside_fen::BIGINT AS outside_fen, set_aside_fen::BIGINT AS set_aside_fen,
    unmapped_fen::BIGINT AS unmapped_fen, rest_fen,
    CASE
        WHEN given_fen IS NULL THEN '无对方数'
        WHEN difference_fen = 0 THEN '一致'
        WHEN rest_fen = 0 THEN '已解释'
        ELSE '未解释'
    END AS verdict
FROM compared
LEFT JOIN sheet USING (sheet_no)
ORDER BY tie_no
