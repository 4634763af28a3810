-- keep
-- Every payment spread evenly over its service months; the last month takes the rest.
WITH spread AS (
    SELECT
        payment_row, person_id, item_id, amount_fen, to_month,
        to_month - from_month + 1 AS months,
        unnest(generate_series(from_month, to_month)) AS month
    FROM payment_net
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
