-- keep
-- By household, item and year: the most people and the highest minimum living line, in favour of the household.
SELECT
    needy.household_key, needy.item_id, needy.month // 12 AS tax_year, max(needy_household.members) AS members,
    max(needy_line.line_fen) AS line_fen
FROM needy_payment AS needy
INNER JOIN needy_household USING (household_key, month)
INNER JOIN needy_line ON needy.item_id = needy_line.item_id AND needy.month = needy_line.month
GROUP BY needy.household_key, needy.item_id, needy.month // 12
