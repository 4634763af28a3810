-- Which item arrived for which town and which month, quarter, half year or year the catalogue makes one expect.
-- 缺: nothing, though there is something before and after ('hole'), or before or after ('edge'), or other towns have
-- it and this one never ('absent'), or no town has it ('nowhere'); 'few': under 80 % of what its neighbours have.
-- Where fewer than three payments are usual a month without any says nothing ('thin').
WITH step AS (
    SELECT
        item_id, valid_from, coalesce(valid_to, 999999) AS valid_to,
        CASE freq WHEN 'month' THEN 1 WHEN 'quarter' THEN 3 WHEN 'half' THEN 6 WHEN 'term' THEN 6 WHEN 'year' THEN 12 END
            AS months
    FROM item
),

slot AS (
    SELECT item_id, months, unnest(range($audit_from, $audit_to + 1, months)) AS first_month
    FROM step
    WHERE months IS NOT NULL
),

wanted AS (
    SELECT slot.item_id, town.town_id, slot.first_month, slot.first_month + slot.months - 1 AS last_month
    FROM slot
    INNER JOIN step USING (item_id)
    CROSS JOIN (SELECT DISTINCT town_id FROM area) AS town
    WHERE slot.first_month >= step.valid_from AND slot.first_month <= step.valid_to
),

counted AS (
    SELECT
        wanted.*, coalesce(sum(money.payments), 0)::BIGINT AS payments, coalesce(sum(money.fen), 0)::BIGINT AS fen
    FROM wanted
    LEFT JOIN money
        ON
            wanted.item_id = money.item_id AND wanted.town_id = money.town_id
            AND money.month <= wanted.last_month AND coalesce(money.to_month, money.month) >= wanted.first_month
    GROUP BY ALL
),

beside AS (
    SELECT
        *,
        sum(payments) OVER (PARTITION BY item_id, town_id ORDER BY first_month ROWS UNBOUNDED PRECEDING) > 0 AS before,
        sum(payments) OVER (
            PARTITION BY item_id, town_id ORDER BY first_month ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
        ) > 0 AS after,
        sum(payments) OVER (PARTITION BY item_id, first_month) AS of_all_towns,
        sum(payments) OVER (PARTITION BY item_id) AS of_item,
        avg(nullif(payments, 0)) OVER (PARTITION BY item_id, town_id) AS usual,
        (
            lag(payments) OVER (PARTITION BY item_id, town_id ORDER BY first_month)
            + lead(payments) OVER (PARTITION BY item_id, town_id ORDER BY first_month)
        ) / 2 AS neighbours
    FROM counted
)

SELECT
    item_id, town_id, first_month::INTEGER AS first_month, last_month::INTEGER AS last_month, payments, fen,
    CASE
        WHEN of_item = 0 THEN 'nowhere'
        WHEN payments > 0 AND neighbours >= 10 AND payments < 0.8 * neighbours THEN 'few'
        WHEN payments > 0 THEN 'there'
        WHEN usual < 3 THEN 'thin'
        WHEN before AND after THEN 'hole'
        WHEN before OR after THEN 'edge'
        WHEN of_all_towns > 0 THEN 'absent'
        ELSE 'nowhere'
    END AS state
FROM beside
ORDER BY item_id, town_id, first_month
