-- Rows set aside from payment lists whose amount can still be read, with item, year and town as the row
-- says them, else as the rest of its sheet does when that says only one.
WITH sheet_said AS (
    SELECT
        sheet_no,
        CASE WHEN count(DISTINCT item_id) = 1 THEN min(item_id) END AS item_id,
        CASE WHEN count(DISTINCT town_id) = 1 THEN min(town_id) END AS town_id,
        CASE WHEN count(DISTINCT month // 12) = 1 THEN min(month // 12) END AS year
    FROM money
    GROUP BY sheet_no
)

SELECT
    lost.origin, lost.origin // 10000000 AS sheet_no, lost.pay_no, lost.amount_fen,
    coalesce(lost.item_id, CASE WHEN NOT lost.is_unmapped THEN sheet_said.item_id END) AS item_id,
    coalesce(lost.town_id, sheet_said.town_id) AS town_id,
    coalesce(lost.year, sheet_said.year) AS year
FROM lost
LEFT JOIN sheet_said ON lost.origin // 10000000 = sheet_said.sheet_no
