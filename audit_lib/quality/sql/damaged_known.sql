-- Who has which valid number according to any register, and the first row that says so in all eighteen digits.
WITH whole AS (
    SELECT * FROM stated WHERE id_no <> '' AND length(regexp_replace(id_raw, '[^0-9Xx]', '', 'g')) <> 15
)

SELECT
    id_no, name, village_id, household_no, count(DISTINCT table_name) AS registers,
    arg_min(table_name, table_rank * 1e15 + origin) AS table_name,
    arg_min(origin, table_rank * 1e15 + origin) AS origin
FROM whole
WHERE table_name <> 'payment'
GROUP BY id_no, name, village_id, household_no
UNION ALL
-- payments only for people whom no register has: a list that is wrong every month proves nothing twelve times
SELECT
    p.id_no, p.name, p.village_id, p.household_no, 1 AS registers, 'payment' AS table_name, min(p.origin) AS origin
FROM whole AS p
ANTI JOIN (SELECT DISTINCT id_no FROM whole WHERE table_name <> 'payment') AS r ON p.id_no = r.id_no
WHERE p.table_name = 'payment'
GROUP BY p.id_no, p.name, p.village_id, p.household_no
