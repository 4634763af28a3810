-- The name a number belongs to: the household register's (a current entry before a former one),
-- else the one used most often by the first table that has the number.
SELECT id_no, plain, name, in_hukou
FROM (
    SELECT
        *, row_number() OVER (
            PARTITION BY id_no ORDER BY plain = '', standing, table_rank, row_count DESC, plain
        ) AS place_no
    FROM naming
)
WHERE place_no = 1
