-- Lines of the payment lists beside the bank's answers to them. Both are matched by flow number; where a bank
-- gives none, by account and amount, the nth line to the nth. A list's line that names neither a flow number nor
-- a batch never went to the bank and is not compared.
WITH numbered AS (
    SELECT count(pay_no) > 0 AS is_numbered FROM bank_return
),

sent AS (
    SELECT payment_row, item_id, town_id, batch_no, amount_fen, status, paid_on, pay_no, pay_no AS line_key
    FROM payment
    WHERE (pay_no IS NOT NULL OR batch_no IS NOT NULL) AND (SELECT is_numbered FROM numbered)
    UNION ALL
    SELECT
        payment_row, item_id, town_id, batch_no, amount_fen, status, paid_on, pay_no,
        account_no || '|' || amount_fen || '|' || row_number() OVER (PARTITION BY account_no, amount_fen)
    FROM payment
    WHERE (pay_no IS NOT NULL OR batch_no IS NOT NULL) AND NOT (SELECT is_numbered FROM numbered)
),

answered AS (
    SELECT bank_return_row, pay_no, amount_fen, return_status, pay_no AS line_key
    FROM bank_return
    WHERE (SELECT is_numbered FROM numbered)
    UNION ALL
    SELECT
        bank_return_row, pay_no, amount_fen, return_status,
        account_no || '|' || amount_fen || '|' || row_number() OVER (PARTITION BY account_no, amount_fen)
    FROM bank_return
    WHERE NOT (SELECT is_numbered FROM numbered)
)

SELECT
    payment_row, bank_return_row, item_id, town_id, batch_no,
    year(paid_on) * 12 + month(paid_on) - 1 AS month,
    sent.amount_fen AS list_fen, answered.amount_fen AS bank_fen,
    coalesce(status = 'success', FALSE) AS list_moved,
    coalesce(
        regexp_matches(return_status, '成功|入账|已付') AND NOT regexp_matches(return_status, '不成功|未成功|未入账'),
        FALSE
    ) AS bank_moved,
    coalesce(sent.pay_no, answered.pay_no) AS pay_no
FROM sent
FULL JOIN answered ON sent.line_key = answered.line_key
