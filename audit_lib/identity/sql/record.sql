-- Rows that say the same about a person, once: a pensioner's 24 payments are one record.
SELECT
    row_number() OVER (
        ORDER BY table_rank, id_no, id_said, name, former_name, sex, birth_on, town_id, village_id, household_no,
            account_no, moved_in_on, has_left
    ) AS record_no,
    table_name, table_rank, id_no, id_said, name, former_name, sex, birth_on, town_id, village_id, household_no,
    account_no, moved_in_on, has_left, min(origin) AS origin, count(*) AS row_count
FROM stated_row
GROUP BY
    table_name, table_rank, id_no, id_said, name, former_name, sex, birth_on, town_id, village_id, household_no,
    account_no, moved_in_on, has_left
