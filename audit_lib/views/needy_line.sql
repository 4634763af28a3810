-- keep
-- The minimum living line by which an item's payees are measured, by month: a living allowance's own highest rate,
-- for other items the highest of the district.
SELECT needy.item_id, needy.month, max(standard.amount_fen) AS line_fen
FROM (SELECT DISTINCT item_id, month, register_name FROM needy_payment) AS needy
INNER JOIN item AS dibao ON starts_with(dibao.register_name, 'dibao') AND dibao.unit = 'person_month'
INNER JOIN standard
    ON
        dibao.item_id = standard.item_id
        AND needy.month BETWEEN standard.from_month AND coalesce(standard.to_month, 99999)
WHERE dibao.item_id = needy.item_id OR NOT starts_with(coalesce(needy.register_name, ''), 'dibao')
GROUP BY needy.item_id, needy.month
