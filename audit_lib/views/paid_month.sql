-- keep
-- Every payment spread evenly over the months it is for; the last month takes the rest.
WITH spread AS (
    SELECT
        payment_net.payment_row, payment_net.person_id, payment_net.item_id, payment_net.amount_fen,
        coalesce(short_span.to_month, payment_net.to_month) AS to_month,
        coalesce(short_span.to_month - short_span.from_month, payment_net.to_month - payment_net.from_month) + 1 AS months,
        unnest(
            generate_series(
                coalesce(short_span.from_month, payment_net.from_month), coalesce(short_span.to_month, payment_net.to_month)
            )
        ) AS month
    FROM payment_net
    LEFT JOIN short_span USING (payment_row)
)

SELECT
    payment_row, person_id, item_id, month,
    CAST(
        CASE
            WHEN month < to_month THEN sign(amount_fen) * (abs(amount_fen) // months)
            ELSE amount_fen - sign(amount_fen) * (abs(amount_fen) // months) * (months - 1)
        END AS BIGINT
    ) AS amount_fen
FROM spread
