-- The same person, item, period and amount in two places of the payment lists: a list delivered twice under
-- different names, or a payment made twice. Only payments that succeeded.
WITH twin AS (
    SELECT
        list_sort(list_distinct(list(payment_row // 10000000))) AS sheets, count(*) AS payments, sum(amount_fen) AS fen,
        max(amount_fen) AS one_fen
    FROM payment
    WHERE status = 'success' AND amount_fen > 0 AND person_id IS NOT NULL
    GROUP BY hash(person_id, item_id, service_from, service_to, amount_fen)
    HAVING count(*) > 1
)

SELECT
    one.file AS file, other.file AS other_file, count(*) AS people_periods, sum(payments - 1)::BIGINT AS repeats,
    sum(fen - one_fen)::BIGINT AS repeated_fen
FROM twin
INNER JOIN sheet AS one ON twin.sheets[1] = one.sheet_no
INNER JOIN sheet AS other ON twin.sheets[len(twin.sheets)] = other.sheet_no
GROUP BY ALL
ORDER BY repeated_fen DESC, one.file, other.file
