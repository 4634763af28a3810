-- keep
-- People who use a valid number that belongs to somebody of a wholly different name, and where the owner of the
-- number stands: in the household register, if there.
SELECT
    pair.left_person_id AS person_id, pair.right_person_id AS owner_id,
    min(CASE WHEN pair.right_table = 'hukou' THEN pair.right_origin END) AS hukou_row
FROM pair
WHERE pair.tier = 'D' AND pair.left_person_id IS NOT NULL
GROUP BY pair.left_person_id, pair.right_person_id
