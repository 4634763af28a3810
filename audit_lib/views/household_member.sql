-- keep
-- Who belongs to a household of the household register, and the last month in which he lived there.
SELECT
    hukou.household_no, hukou.person_id, hukou.hukou_row, hukou.relation, hukou.birth_on,
    hukou.moved_in_on, hukou.moved_out_on, death_best.death_month,
    least(
        year(hukou.moved_out_on) * 12 + month(hukou.moved_out_on) - 1,
        year(hukou.cancelled_on) * 12 + month(hukou.cancelled_on) - 1,
        death_best.death_month
    ) AS last_month
FROM hukou
LEFT JOIN death_best USING (person_id)
WHERE hukou.person_id IS NOT NULL AND hukou.household_no IS NOT NULL AND hukou.link_tier <> 'C'
