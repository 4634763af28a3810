-- Rows that say the same about a person, once: a pensioner's 24 payments are one record.
-- The spelling of a number matters only when it is not valid.
SELECT
    row_number() OVER () AS record_no, table_name, table_rank, id_no, id_said, name, former_name, sex, birth_on,
    town_id, village_id, household_no, account_no, moved_in_on, has_left,
    min(origin) AS origin, count(*) AS row_count, list(origin) AS origins
FROM (
    SELECT
        *, CASE WHEN id_no = '' THEN id_raw ELSE '' END AS id_said,
        moved_out_on <> '' OR cancelled_on <> '' AS has_left
    FROM stated
) AS said
GROUP BY
    table_name, table_rank, id_no, id_said, name, former_name, sex, birth_on, town_id, village_id, household_no,
    account_no, moved_in_on, has_left
