-- Per item and service year: payees with money left after 冲销, money, money by the channel written on
-- the payment (the item's place in the catalogue where a list does not say), payments.
SELECT item_id, year, count(*) FILTER (payee_fen > 0) AS payees, sum(payee_fen)::BIGINT AS amount_fen,
       sum(system_fen)::BIGINT AS system_fen, sum(payments)::BIGINT AS payments
FROM (
    SELECT item_id, year, coalesce(person_id, 'row ' || payment_row) AS payee, sum(amount_fen) AS payee_fen,
           coalesce(sum(amount_fen) FILTER (
               coalesce(channel, CASE WHEN item.in_system THEN 'system' ELSE 'off_system' END) = 'system'
           ), 0) AS system_fen,
           count(*) FILTER (amount_fen > 0) AS payments
    FROM paid
    JOIN scope USING (year)
    LEFT JOIN item USING (item_id)
    GROUP BY item_id, year, payee
)
GROUP BY item_id, year
