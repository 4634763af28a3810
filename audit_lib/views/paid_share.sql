-- Money by month, and what of it falls to one person. A monthly sum for several people (保障人数) is shared
-- evenly; whoever leaves takes only his own share out, the family keeps the rest.
SELECT
    paid_month.payment_row, paid_month.person_id, paid_month.item_id, paid_month.month, paid_month.amount_fen,
    CASE
        WHEN item.unit = 'person_month' AND payment_net.quantity >= 2
            THEN CAST(round(paid_month.amount_fen / payment_net.quantity) AS BIGINT)
        ELSE paid_month.amount_fen
    END AS share_fen,
    coalesce(item.unit = 'person_month' AND payment_net.quantity >= 2, FALSE) AS is_shared
FROM paid_month
INNER JOIN payment_net USING (payment_row)
INNER JOIN item ON paid_month.item_id = item.item_id
