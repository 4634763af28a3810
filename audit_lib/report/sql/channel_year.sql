-- Money by the channel written on the payment (not by the item's place in the catalogue).
SELECT year, coalesce(channel, 'unknown') AS channel, sum(amount_fen)::BIGINT AS amount_fen, count(*) AS payments
FROM paid
JOIN scope USING (year)
GROUP BY ALL
ORDER BY ALL
