-- keep
-- The one household a person belongs to: where he still is, else where he came to last.
WITH ranked AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY person_id
            ORDER BY
                CASE WHEN moved_out_on IS NULL THEN 0 ELSE 1 END,
                coalesce(moved_in_on, DATE '1900-01-01') DESC, hukou_row
        ) AS place
    FROM household_member
)

SELECT person_id, household_no, hukou_row, birth_on, relation
FROM ranked
WHERE place = 1
