-- keep
-- Money of items that only the needy may have, by month, with the payee's household.
SELECT
    paid_month.payment_row, paid_month.person_id, paid_month.item_id, paid_month.month, paid_month.amount_fen,
    coalesce(home.household_no, paid_month.person_id) AS household_key, item.register_name
FROM paid_month
INNER JOIN item ON paid_month.item_id = item.item_id AND item.means_tested AND NOT item.posthumous_ok
LEFT JOIN home ON paid_month.person_id = home.person_id
WHERE paid_month.person_id IS NOT NULL
