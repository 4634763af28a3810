-- keep
-- Who lives together, until which month: a household of the household register without those whose name was probably
-- stolen; a payee who is in no household stands for himself.
SELECT household_no AS household_key, person_id, hukou_row, coalesce(last_month, 99999) AS until_month
FROM household_member
WHERE person_id NOT IN (SELECT person_id FROM theft_signal)
UNION ALL
SELECT DISTINCT person_id AS household_key, person_id, CAST(NULL AS BIGINT) AS hukou_row, 99999 AS until_month
FROM payment_net
WHERE
    person_id IS NOT NULL AND link_tier <> 'C'
    AND person_id NOT IN (SELECT person_id FROM home)
    AND person_id NOT IN (SELECT person_id FROM theft_signal)
