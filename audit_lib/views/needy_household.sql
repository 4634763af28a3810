-- keep
-- Every month in which a household drew money for the needy, and how many lived in it.
SELECT drawn.household_key, drawn.month, count(DISTINCT co_living.person_id) AS members
FROM (SELECT DISTINCT household_key, month FROM needy_payment) AS drawn
INNER JOIN co_living ON drawn.household_key = co_living.household_key AND drawn.month <= co_living.until_month
GROUP BY drawn.household_key, drawn.month
