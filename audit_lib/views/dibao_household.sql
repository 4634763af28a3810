-- keep
-- Households in which somebody draws a minimum living allowance.
SELECT DISTINCT home.household_no
FROM home
INNER JOIN payment_net USING (person_id)
INNER JOIN item USING (item_id)
WHERE starts_with(item.register_name, 'dibao') AND item.unit = 'person_month'
