-- What a payment should have been by the rate in force and the payee's class. Without a known class the
-- highest rate of the item stands: a doubt goes in favour of the payee. Nearly every payment falls under
-- one register entry, and payments of one item, span and class share their sum; only where a payee's
-- entries change within the span is each month looked up by itself. ``is_sure``: the rate is that of the
-- payee's class throughout, so it may also show that too little was paid.
WITH rated_item AS (
    SELECT item_id, unit, register_name FROM item
    WHERE rate_check IN ('exact', 'cap') AND item_id IN (SELECT item_id FROM standard)
),

entry AS (
    SELECT
        payment_net.payment_row,
        count(DISTINCT concat(enrolled.class, '/', enrolled.from_month, '/', enrolled.to_month)) AS entries,
        min(enrolled.class) AS class,
        min(CASE WHEN enrolled.from_month <= payment_net.from_month AND enrolled.to_month >= payment_net.to_month THEN 1 ELSE 0 END)
            AS is_whole
    FROM payment_net
    INNER JOIN rated_item USING (item_id)
    INNER JOIN enrolled
        ON
            payment_net.person_id = enrolled.person_id AND rated_item.register_name = enrolled.register
            AND enrolled.from_month <= payment_net.to_month AND enrolled.to_month >= payment_net.from_month
            AND enrolled.link_tier <> 'C'
    GROUP BY payment_net.payment_row
),

classed AS (
    SELECT
        payment_net.payment_row, payment_net.person_id, payment_net.item_id, payment_net.from_month,
        payment_net.to_month, payment_net.amount_fen, payment_net.quantity, payment_net.purpose,
        rated_item.unit, rated_item.register_name, coalesce(entry.class, '') AS class,
        coalesce(entry.entries = 1 AND entry.is_whole = 1, TRUE) AS is_plain
    FROM payment_net
    INNER JOIN rated_item USING (item_id)
    LEFT JOIN entry USING (payment_row)
),

span_month AS (
    SELECT item_id, from_month, to_month, class, unnest(generate_series(from_month, to_month)) AS month
    FROM (SELECT DISTINCT item_id, from_month, to_month, class FROM classed WHERE is_plain) AS span
),

span_month_rate AS (
    SELECT
        span_month.item_id, span_month.from_month, span_month.to_month, span_month.class, span_month.month,
        coalesce(
            max(CASE WHEN standard.class_name IN ('', span_month.class) THEN standard.amount_fen END),
            max(standard.amount_fen)
        ) AS rate_fen,
        max(CASE WHEN standard.class_name IN ('', span_month.class) THEN 1 ELSE 0 END) AS is_sure
    FROM span_month
    INNER JOIN standard
        ON
            span_month.item_id = standard.item_id
            AND span_month.month BETWEEN standard.from_month AND coalesce(standard.to_month, 99999)
    GROUP BY span_month.item_id, span_month.from_month, span_month.to_month, span_month.class, span_month.month
),

span_rate AS (
    SELECT
        item_id, from_month, to_month, class,
        sum(rate_fen) AS sum_fen, max(rate_fen) AS top_fen, count(*) AS rated_months, min(is_sure) AS is_sure
    FROM span_month_rate
    GROUP BY item_id, from_month, to_month, class
),

changing_month_rate AS (
    SELECT
        classed.payment_row, paid_month.month,
        coalesce(
            max(CASE WHEN standard.class_name IN ('', enrolled.class) THEN standard.amount_fen END),
            max(standard.amount_fen)
        ) AS rate_fen
    FROM classed
    INNER JOIN paid_month USING (payment_row)
    INNER JOIN standard
        ON
            classed.item_id = standard.item_id
            AND paid_month.month BETWEEN standard.from_month AND coalesce(standard.to_month, 99999)
    LEFT JOIN enrolled
        ON
            classed.person_id = enrolled.person_id AND classed.register_name = enrolled.register
            AND paid_month.month BETWEEN enrolled.from_month AND enrolled.to_month
            AND enrolled.link_tier <> 'C'
    WHERE NOT classed.is_plain
    GROUP BY classed.payment_row, paid_month.month
),

rated AS (
    SELECT classed.payment_row, span_rate.sum_fen, span_rate.top_fen, span_rate.rated_months, span_rate.is_sure
    FROM classed
    INNER JOIN span_rate USING (item_id, from_month, to_month, class)
    WHERE classed.is_plain
    UNION ALL
    SELECT payment_row, sum(rate_fen) AS sum_fen, max(rate_fen) AS top_fen, count(*) AS rated_months, 0 AS is_sure
    FROM changing_month_rate
    GROUP BY payment_row
)

SELECT
    classed.payment_row, classed.person_id, classed.item_id, classed.from_month AS month,
    classed.to_month AS last_month, classed.amount_fen AS paid_fen, classed.purpose,
    rated.is_sure = 1 AS is_sure,
    CASE
        WHEN classed.unit = 'person_month' THEN rated.sum_fen * greatest(coalesce(classed.quantity, 1), 1)
        WHEN classed.unit = 'household_month' THEN rated.sum_fen
        WHEN classed.unit IN ('person_half', 'person_term') THEN rated.top_fen * ((rated.rated_months + 5) // 6)
        WHEN classed.unit = 'person_year' THEN rated.top_fen * ((rated.rated_months + 11) // 12)
        WHEN classed.unit = 'mu' THEN round(rated.top_fen * classed.quantity) * ((rated.rated_months + 11) // 12)
        ELSE rated.top_fen
    END AS due_fen
FROM classed
INNER JOIN rated USING (payment_row)
WHERE rated.rated_months = classed.to_month - classed.from_month + 1
