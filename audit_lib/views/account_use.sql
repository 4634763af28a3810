-- keep
-- Payments into accounts, the account being the one that stands for it today.
SELECT
    payment_net.payment_row, payment_net.person_id, payment_net.item_id, payment_net.amount_fen,
    payment_net.account_name, payment_net.from_month AS month,
    coalesce(account_current.current_no, payment_net.account_no) AS account_no,
    coalesce(year(paid_on) * 12 + month(paid_on) - 1, payment_net.to_month) AS used_month
FROM payment_net
LEFT JOIN account_current USING (account_no)
WHERE
    payment_net.account_no IS NOT NULL
    AND payment_net.person_id IS NOT NULL
    AND payment_net.link_tier <> 'C'
