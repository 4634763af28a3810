-- keep
-- Until which month somebody else still lives in a person's household; NULL when he lives alone.
SELECT
    home.person_id, home.household_no,
    max(CASE WHEN other.person_id <> home.person_id THEN coalesce(other.last_month, 99999) END) AS until_month
FROM home
INNER JOIN household_member AS other ON home.household_no = other.household_no
GROUP BY home.person_id, home.household_no
