-- keep
-- Who belongs to a household of the household register, and the last month in which he lived there. Of
-- several entries of a person in one household the one that says he is still there stands, else the latest.
WITH ranked AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY household_no, person_id
            ORDER BY coalesce(moved_out_on, DATE '9999-12-31') DESC, hukou_row
        ) AS place
    FROM hukou
    WHERE person_id IS NOT NULL AND household_no IS NOT NULL AND link_tier <> 'C'
)

SELECT
    ranked.household_no, ranked.person_id, ranked.hukou_row, ranked.relation, ranked.birth_on,
    ranked.moved_in_on, ranked.moved_out_on, death_best.death_month,
    least(
        year(ranked.moved_out_on) * 12 + month(ranked.moved_out_on) - 1,
        year(ranked.cancelled_on) * 12 + month(ranked.cancelled_on) - 1,
        death_best.death_month
    ) AS last_month
FROM ranked
LEFT JOIN death_best USING (person_id)
WHERE ranked.place = 1
