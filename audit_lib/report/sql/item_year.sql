-- Per item and service year: payees with money left after 冲销, money, payments.
SELECT item_id, year, count(*) FILTER (payee_fen > 0) AS payees, sum(payee_fen)::BIGINT AS amount_fen,
       sum(payments)::BIGINT AS payments
FROM (
    SELECT item_id, year, coalesce(person_id, 'row ' || payment_row) AS payee, sum(amount_fen) AS payee_fen,
           count(*) FILTER (amount_fen > 0) AS payments
    FROM paid
    JOIN scope USING (year)
    GROUP BY item_id, year, payee
)
GROUP BY item_id, year
