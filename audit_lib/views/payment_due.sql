-- What a payment should have been by the rate in force and the payee's class. Without a known class the
-- highest rate of the item stands: a doubt goes in favour of the payee.
WITH rate AS (
    SELECT
        paid_month.payment_row, paid_month.month,
        coalesce(
            max(CASE WHEN standard.class_name IN ('', enrolled.class) THEN standard.amount_fen END),
            max(standard.amount_fen)
        ) AS rate_fen
    FROM paid_month
    INNER JOIN item ON paid_month.item_id = item.item_id AND item.rate_check IN ('exact', 'cap')
    INNER JOIN standard
        ON
            paid_month.item_id = standard.item_id
            AND paid_month.month BETWEEN standard.from_month AND coalesce(standard.to_month, 99999)
    LEFT JOIN enrolled
        ON
            paid_month.person_id = enrolled.person_id
            AND item.register_name = enrolled.register
            AND paid_month.month BETWEEN enrolled.from_month AND enrolled.to_month
            AND enrolled.link_tier <> 'C'
    GROUP BY paid_month.payment_row, paid_month.month
),

rated AS (
    SELECT payment_row, sum(rate_fen) AS sum_fen, max(rate_fen) AS top_fen, count(*) AS rated_months
    FROM rate
    GROUP BY payment_row
)

SELECT
    payment_net.payment_row, payment_net.person_id, payment_net.item_id, payment_net.from_month AS month,
    payment_net.amount_fen AS paid_fen, payment_net.purpose, rated.top_fen AS rate_fen,
    CASE
        WHEN item.unit = 'person_month' THEN rated.sum_fen * greatest(coalesce(payment_net.quantity, 1), 1)
        WHEN item.unit = 'household_month' THEN rated.sum_fen
        WHEN item.unit IN ('person_half', 'person_term') THEN rated.top_fen * ((rated.rated_months + 5) // 6)
        WHEN item.unit = 'person_year' THEN rated.top_fen * ((rated.rated_months + 11) // 12)
        WHEN item.unit = 'mu'
            THEN round(rated.top_fen * payment_net.quantity) * ((rated.rated_months + 11) // 12)
        ELSE rated.top_fen
    END AS due_fen
FROM payment_net
INNER JOIN rated USING (payment_row)
INNER JOIN item USING (item_id)
WHERE rated.rated_months = payment_net.to_month - payment_net.from_month + 1
