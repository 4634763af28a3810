-- keep
-- From which month an item may no longer be paid after something happened (death, move, stop): the month after,
-- for yearly rights next January, later by the item's grace. Items that never stop are left out.
SELECT
    item_id, event_month, grace_months,
    CASE WHEN stop_rule = 'next_year' THEN (event_month // 12 + 1) * 12 ELSE event_month + 1 END + grace_months AS wrong_month
FROM (
    SELECT item_id, stop_rule, grace_months, unnest(generate_series(1900 * 12, 2100 * 12)) AS event_month
    FROM item
    WHERE stop_rule <> 'none'
) AS possible
