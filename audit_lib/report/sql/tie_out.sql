-- Printed control totals beside the detail. A department that printed towns is added up over its towns.
WITH printed AS (
    SELECT item_id, year, sum(amount_fen)::BIGINT AS control_fen
    FROM (
        SELECT item_id, year, amount_fen, town_id IS NOT NULL AS by_town,
               bool_or(town_id IS NOT NULL) OVER (PARTITION BY item_id, year) AS any_town
        FROM control_total
    )
    WHERE by_town = any_town
    GROUP BY item_id, year
),
detail AS (
    SELECT item_id, year, sum(amount_fen)::BIGINT AS detail_fen FROM paid JOIN scope USING (year) GROUP BY item_id, year
)
SELECT item_id, year, control_fen, coalesce(detail_fen, 0) AS detail_fen,
       coalesce(detail_fen, 0) - control_fen AS difference_fen
FROM detail
FULL JOIN printed USING (item_id, year)
WHERE year IN (SELECT year FROM scope)
ORDER BY item_id, year
