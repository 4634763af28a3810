---
id: ACCOUNT_INVALID
title: 账户无效无法支取
family: account
problem: failed_payment
kind: EXPOSURE
track: problem
severity: 中
owner: 金融办
matter: [account_no]
needs: [payment.person_id, payment.account_no, payment.service_from]
helps: [account.account_status, account.closed_on, payment.fail_reason]
tolerances: {}
basis: [B10, B12]
statement: "{name}的账户{account_no}{trouble}，{amount}元无法支取；本人应享受，换卡补发，不作追缴"
疑点情形: 收款账户不存在、已销户、冻结、止付或长期不动，补贴滞留或退回
不算疑点:
  - 因户名、证件信息不符退回的，另按公安金融信息不同步核查
  - 已换新账户，销户在最后一笔发放之后
  - 重发成功的
核实办法: 由开户行核对账户状态；通知本人换卡；从新账户补发滞留款项
---
WITH bad_account AS (
    SELECT
        account_no, min(account_row) AS account_row,
        min(coalesce(year(closed_on) * 12 + month(closed_on) - 1, 0)) AS since_month,
        min(coalesce(account_status, '已销户')) AS trouble
    FROM account
    WHERE closed_on IS NOT NULL OR regexp_matches(coalesce(account_status, ''), '销户|冻结|止付|不动|睡眠|注销|过期|无效')
    GROUP BY account_no
),

stuck AS (
    SELECT
        payment.payment_row, payment.person_id, payment.item_id,
        coalesce(payment.service_from, year(payment.paid_on) * 12 + month(payment.paid_on) - 1) AS month,
        payment.amount_fen, payment.account_no, CAST(NULL AS BIGINT) AS account_row,
        regexp_extract(payment.fail_reason, '不存在|销户|冻结|止付|不动户|无效|注销') AS trouble
    FROM payment
    WHERE
        payment.status IN ('failed', 'returned')
        AND regexp_matches(coalesce(payment.fail_reason, ''), '不存在|销户|冻结|止付|不动户|无效|注销')
    UNION ALL
    SELECT
        payment_net.payment_row, payment_net.person_id, payment_net.item_id, payment_net.from_month AS month,
        payment_net.amount_fen, payment_net.account_no, bad_account.account_row, bad_account.trouble
    FROM payment_net
    INNER JOIN bad_account USING (account_no)
    WHERE
        coalesce(year(payment_net.paid_on) * 12 + month(payment_net.paid_on) - 1, payment_net.to_month)
        > bad_account.since_month
),

made_good AS (
    SELECT stuck.payment_row
    FROM stuck
    INNER JOIN payment_net
        ON
            stuck.person_id = payment_net.person_id AND stuck.item_id = payment_net.item_id
            AND stuck.account_no <> payment_net.account_no
            AND stuck.month BETWEEN payment_net.from_month AND payment_net.to_month
)

SELECT person_id, item_id, month, amount_fen, payment_row, account_row, account_no, trouble
FROM stuck
WHERE
    person_id IS NOT NULL AND month IS NOT NULL AND account_no IS NOT NULL
    AND payment_row NOT IN (SELECT payment_row FROM made_good)
