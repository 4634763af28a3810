-- keep
-- Payments whose label covers several months but whose amount is the rate of fewer: a quarter's list pays two
-- months to somebody who left in the second. The money is for the months up to the event, or from an approval
-- within the span on. Rates are the dated standards, else what most payments of the item for as long a span are.
WITH labelled AS (
    SELECT
        payment_net.payment_row, payment_net.person_id, payment_net.item_id, item.register_name,
        payment_net.from_month, payment_net.to_month, payment_net.to_month - payment_net.from_month + 1 AS months,
        payment_net.amount_fen / greatest(coalesce(payment_net.quantity, 1), 1) AS head_fen
    FROM payment_net
    INNER JOIN item USING (item_id)
    WHERE
        item.unit IN ('person_month', 'household_month')
        AND payment_net.to_month > payment_net.from_month AND payment_net.amount_fen > 0
        AND NOT regexp_matches(coalesce(payment_net.purpose, ''), '补差|补发|差额')
),

shape AS (SELECT DISTINCT item_id, from_month, to_month, months, head_fen FROM labelled),

usual AS (
    SELECT item_id, months, mode(head_fen) / months AS rate_fen
    FROM labelled
    WHERE item_id NOT IN (SELECT item_id FROM standard)
    GROUP BY item_id, months
    HAVING count(*) > 9
),

rated AS (
    SELECT shape.*, standard.amount_fen AS rate_fen
    FROM shape
    INNER JOIN standard
        ON
            shape.item_id = standard.item_id AND standard.amount_fen > 0
            AND standard.from_month <= shape.from_month AND coalesce(standard.to_month, 99999) >= shape.to_month
    UNION
    SELECT shape.*, usual.rate_fen
    FROM shape
    INNER JOIN usual USING (item_id, months)
),

-- a whole span at any rate is a whole span
short AS (
    SELECT
        item_id, from_month, to_month, head_fen,
        max(CASE WHEN head_fen % rate_fen = 0 THEN CAST(head_fen / rate_fen AS INTEGER) END) AS paid_months
    FROM rated
    GROUP BY item_id, from_month, to_month, head_fen
    HAVING
        max(CASE WHEN head_fen >= rate_fen * months THEN 1 ELSE 0 END) = 0
        AND max(CASE WHEN head_fen % rate_fen = 0 THEN 1 ELSE 0 END) = 1
),

approved AS (
    SELECT DISTINCT labelled.payment_row
    FROM labelled
    INNER JOIN enrolled
        ON
            labelled.person_id = enrolled.person_id AND labelled.register_name = enrolled.register
            AND enrolled.from_month > labelled.from_month AND enrolled.from_month <= labelled.to_month
)

SELECT
    labelled.payment_row,
    CASE
        WHEN approved.payment_row IS NOT NULL THEN labelled.to_month - short.paid_months + 1 ELSE labelled.from_month
    END AS from_month,
    CASE
        WHEN approved.payment_row IS NOT NULL THEN labelled.to_month ELSE labelled.from_month + short.paid_months - 1
    END AS to_month
FROM labelled
INNER JOIN short USING (item_id, from_month, to_month, head_fen)
LEFT JOIN approved USING (payment_row)
