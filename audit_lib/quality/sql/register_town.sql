-- Rows per register and town, and whether payments of its items make one expect it there.
WITH paid AS (
    SELECT item.register_name AS register, money.town_id, sum(money.payments) AS payments
    FROM money
    INNER JOIN item USING (item_id)
    WHERE item.register_name IS NOT NULL AND money.town_id IS NOT NULL
    GROUP BY ALL
),

listed AS (
    SELECT register, town_id, count(*) AS rows_listed
    FROM enrolment
    GROUP BY ALL
),

wanted AS (
    SELECT item.register_name AS register, area.town_id
    FROM item
    CROSS JOIN (SELECT DISTINCT town_id FROM area) AS area
    WHERE item.register_name IS NOT NULL
    GROUP BY ALL
)

SELECT
    wanted.register, wanted.town_id, coalesce(listed.rows_listed, 0) AS rows_listed,
    coalesce(paid.payments, 0)::BIGINT AS payments,
    (SELECT coalesce(sum(whole.rows_listed), 0) FROM listed AS whole WHERE whole.register = wanted.register)::BIGINT
        AS rows_of_register
FROM wanted
LEFT JOIN listed ON wanted.register = listed.register AND wanted.town_id = listed.town_id
LEFT JOIN paid ON wanted.register = paid.register AND wanted.town_id = paid.town_id
ORDER BY wanted.register, wanted.town_id
