-- Totals printed inside a file beside the rows they stand under (every delivered row, also those set aside).
SELECT
    'printed' AS level, origin, origin // 10000000 AS sheet_no,
    said.item_id, said.town_id, said.year, NULL::INTEGER AS month, NULL::VARCHAR AS batch_no,
    amount_fen AS given_fen, detail_fen, detail_fen - amount_fen AS difference_fen,
    0::BIGINT AS failed_fen, 0::BIGINT AS reversed_fen, 0::BIGINT AS other_year_fen, 0::BIGINT AS outside_fen,
    0::BIGINT AS set_aside_fen, 0::BIGINT AS unmapped_fen, detail_fen - amount_fen AS rest_fen
FROM printed_total
LEFT JOIN (
    SELECT
        sheet_no,
        CASE WHEN count(DISTINCT item_id) = 1 THEN min(item_id) END AS item_id,
        CASE WHEN count(DISTINCT town_id) = 1 THEN min(town_id) END AS town_id,
        CASE WHEN count(DISTINCT month // 12) = 1 THEN min(month // 12) END AS year
    FROM money
    GROUP BY sheet_no
) AS said ON printed_total.origin // 10000000 = said.sheet_no
WHERE amount_fen IS NOT NULL
