-- Payments the bank could not make, by what it said.
SELECT coalesce(fail_reason, '未注明原因') AS reason, count(*) AS payments, count(DISTINCT person_id) AS people,
       sum(amount_fen)::BIGINT AS amount_fen
FROM payment
WHERE status IN ('failed', 'returned') AND ($town IS NULL OR town_id = $town)
GROUP BY reason
ORDER BY payments DESC, reason
