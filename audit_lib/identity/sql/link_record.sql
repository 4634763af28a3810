-- Rows of one file that say the same, once: a pensioner's 24 payments are one record.
SELECT
    row_number() OVER (
        ORDER BY id_no, kind, pattern, plain, former, birth, number_birth, sex, number_sex, town, village, household,
            account, phone
    ) AS record_no,
    *
FROM (
    SELECT
        id_no, kind, pattern, plain, former, birth, number_birth, sex, number_sex, town, village, household, account,
        phone, min(family) AS family, min(sound) AS sound, list(row ORDER BY row) AS rows, count(*) AS row_count
    FROM stated_row
    GROUP BY
        id_no, kind, pattern, plain, former, birth, number_birth, sex, number_sex, town, village, household, account,
        phone
)
