-- keep
-- Every account number and the one that stands for it today: a passbook exchanged for a card, or a bank's
-- renumbering, is one account. Three exchanges in a row are followed.
WITH exchanged AS (
    SELECT account_no, min(replaced_by) AS replaced_by
    FROM account
    WHERE replaced_by IS NOT NULL AND replaced_by <> account_no
    GROUP BY account_no
)

SELECT
    first.account_no,
    coalesce(third.replaced_by, second.replaced_by, first.replaced_by) AS current_no
FROM exchanged AS first
LEFT JOIN exchanged AS second ON first.replaced_by = second.account_no
LEFT JOIN exchanged AS third ON second.replaced_by = third.account_no
