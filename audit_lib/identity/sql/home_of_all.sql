-- Where every person belongs, with what was linked counted too.
SELECT person_id, town_id, village_id, household_no
FROM (
    SELECT
        person_id, town_id, village_id, household_no,
        row_number() OVER (
            PARTITION BY person_id
            ORDER BY
                village_id = '', CASE WHEN table_name = 'hukou' AND NOT has_left THEN 0
                    WHEN table_name = 'hukou' THEN 1 ELSE 2 END,
                table_rank, moved_in_on DESC, row_count DESC, town_id, village_id, household_no
        ) AS place_no
    FROM described
)
WHERE place_no = 1
