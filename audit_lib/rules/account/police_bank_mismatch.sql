---
id: POLICE_BANK_MISMATCH
title: 公安金融信息不同步
family: account
problem: failed_payment
kind: EXPOSURE
track: problem
severity: 中
owner: 公安、金融办
matter: []
needs: [payment.person_id, payment.service_from]
needs_somewhere: [payment.fail_reason]
helps: [account.person_id, hukou.person_id]
tolerances: {}
basis: [B10, B12]
statement: "{name}{failures}笔补贴因银行与公安登记的信息不一致({reason})送审不通过，涉及{amount}元；本人应享受，不作追缴"
疑点情形: 因户名不符、证件过期、身份信息未核实等银行与公安信息不一致而发放失败
不算疑点:
  - 因销户、冻结等账户原因失败的，另按账户无效核查
  - 已经重发成功的
核实办法: 列出补贴系统、公安、银行三方登记逐项比对；通知本人到网点更新；更新后补发
---
WITH blocked AS (
    SELECT
        payment.*,
        regexp_extract(fail_reason, '户名|姓名|证件|身份|公安') AS reason,
        count(*) OVER (PARTITION BY person_id) AS failures
    FROM payment
    WHERE
        status IN ('failed', 'returned') AND service_from IS NOT NULL
        AND regexp_matches(coalesce(fail_reason, ''), '户名|姓名|证件|身份|公安')
        AND NOT regexp_matches(fail_reason, '销户|冻结|止付|不动户')
),

made_good AS (
    SELECT blocked.payment_row
    FROM blocked
    INNER JOIN payment_net
        ON
            blocked.person_id = payment_net.person_id AND blocked.item_id = payment_net.item_id
            AND blocked.service_from BETWEEN payment_net.from_month AND payment_net.to_month
),

bank_entry AS (SELECT account_no, min(account_row) AS account_row FROM account GROUP BY account_no),

police_entry AS (SELECT person_id, min(hukou_row) AS hukou_row FROM hukou GROUP BY person_id)

SELECT
    blocked.person_id, blocked.item_id, blocked.service_from AS month, blocked.amount_fen, blocked.payment_row,
    bank_entry.account_row, police_entry.hukou_row, concat(blocked.reason, '不符') AS reason, blocked.failures
FROM blocked
LEFT JOIN bank_entry USING (account_no)
LEFT JOIN police_entry ON blocked.person_id = police_entry.person_id
WHERE blocked.person_id IS NOT NULL AND blocked.payment_row NOT IN (SELECT payment_row FROM made_good)
