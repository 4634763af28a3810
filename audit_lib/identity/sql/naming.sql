-- Every name that a valid number appears with, and how often.
SELECT
    id_no, plain, min(name) AS name, sum(row_count) AS row_count, min(table_rank) AS table_rank,
    bool_or(table_name = 'hukou') AS in_hukou,
    min(CASE WHEN table_name = 'hukou' AND NOT has_left THEN 0 WHEN table_name = 'hukou' THEN 1 ELSE 2 END) AS standing
FROM spelt
WHERE id_no <> ''
GROUP BY id_no, plain
