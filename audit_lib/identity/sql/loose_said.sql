-- What is said about people without a valid number, once each.
SELECT
    row_number() OVER (
        ORDER BY kind, pattern, plain, former, birth, sex, town_id, village_id, household, account, in_hukou
    ) AS loose_no,
    *
FROM (
    SELECT
        kind, pattern, plain, former,
        CASE WHEN birth_on <> '' THEN birth_on ELSE number_birth END AS birth,
        CASE WHEN sex <> '' THEN sex ELSE number_sex END AS sex,
        birth_on <> '' AS has_own_birth, sex <> '' AS has_own_sex,
        town_id, village_id, household_no AS household, account_no AS account,
        table_name = 'hukou' AS in_hukou,
        arg_min(table_name, origin) AS table_name, min(origin) AS origin, min(name) AS name
    FROM spelt
    WHERE id_no = '' AND (plain <> '' OR kind = 'full')
    GROUP BY ALL
)
