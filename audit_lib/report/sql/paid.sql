-- Money that reached somebody, by year of service (the rules' own reading of a payment: views/payment_net.sql).
-- $town NULL means the district.
SELECT payment_row, person_id, town_id, village_id, item_id, from_month // 12 AS year, amount_fen, channel
FROM payment_net
WHERE $town IS NULL OR town_id = $town
