-- Lines of the payment lists beside the bank's answers to them. Both are matched by flow number; a bank that
-- gives none is matched by account and amount, the nth line to the nth. A list's line that names neither a flow
-- number nor a batch never went to the bank and is not compared.
WITH sent AS (
    SELECT
        payment_row, pay_no, item_id, town_id, batch_no, amount_fen, status = 'success' AS moved,
        year(paid_on) * 12 + month(paid_on) - 1 AS month,
        account_no || '|' || amount_fen || '|' || row_number() OVER (PARTITION BY account_no, amount_fen) AS place
    FROM payment
    WHERE pay_no IS NOT NULL OR batch_no IS NOT NULL
),

answered AS (
    SELECT
        bank_return_row, pay_no, amount_fen,
        regexp_matches(return_status, '成功|入账|已付') AND NOT regexp_matches(return_status, '不成功|未成功|未入账')
            AS moved,
        account_no || '|' || amount_fen || '|' || row_number() OVER (PARTITION BY account_no, amount_fen) AS place
    FROM bank_return
),

is_numbered AS (
    SELECT count(*) AS lines FROM answered WHERE pay_no IS NOT NULL
)

SELECT
    payment_row, bank_return_row, item_id, town_id, batch_no, month,
    sent.amount_fen AS list_fen, answered.amount_fen AS bank_fen,
    coalesce(sent.moved, FALSE) AS list_moved, coalesce(answered.moved, FALSE) AS bank_moved,
    coalesce(sent.pay_no, answered.pay_no) AS pay_no
FROM sent
FULL JOIN answered
    ON
        CASE WHEN (SELECT lines FROM is_numbered) > 0 THEN sent.pay_no ELSE sent.place END
        = CASE WHEN (SELECT lines FROM is_numbered) > 0 THEN answered.pay_no ELSE answered.place END
