-- Money that reached somebody. A failed or returned payment never left the treasury. A 冲销 is
-- entered as a negative line beside the payment it undoes, or as a mark on that payment: the marked
-- payment is not money, the negative line takes its payment back.
SELECT payment_row, person_id, town_id, village_id, item_id, service_from // 12 AS year, amount_fen, channel, account_no
FROM payment
WHERE status IS NULL OR status = 'success'
UNION ALL
SELECT min(payment_row), person_id, town_id, village_id, item_id, service_from // 12, least(sum(amount_fen), 0),
       any_value(channel), NULL
FROM payment
WHERE status = 'reversed'
GROUP BY person_id, town_id, village_id, item_id, service_from
HAVING sum(amount_fen) < 0
