---
id: ACCOUNT_SWAP_BURST
title: 发放前集中更换账号
family: account
problem: accounts
kind: EXPOSURE
track: management
severity: 中
owner: 财政所、银行
matter: [village_id, used_month]
needs: [payment.person_id, payment.account_no, payment.paid_on, payment.village_id, account.account_no, account.opened_on]
helps: [account.replaced_by]
tolerances:
  least_people: {type: int, default: 5, min: 2, max: 100, says: 一村同批更换账号的人数}
  days: {type: int, default: 15, min: 1, max: 90, says: 新账户在发放前多少天内开立}
basis: [B10, B13]
statement: "{town}一村{people}人在{used_month_text}发放前{days_text}天内集中换用新开账户，当批打入新账户{amount}元"
疑点情形: 一村五人以上在同一批发放前不久换用新账户，而新账户集中在两天以内开立
不算疑点:
  - 银行统一换卡、改号，新旧账号有对应关系
  - 人数较少的零星更换
  - 新账户开立日期分散，或开立较早
核实办法: 向银行核对开户经办和代办记录；询问本人是否知情；核对是否为统一换卡
---
WITH used AS (
    SELECT
        payment_net.payment_row, payment_net.person_id, payment_net.item_id, payment_net.village_id,
        payment_net.town_id, payment_net.account_no, payment_net.paid_on, payment_net.amount_fen,
        payment_net.from_month,
        lag(payment_net.account_no) OVER (
            PARTITION BY payment_net.person_id ORDER BY payment_net.paid_on, payment_net.payment_row
        ) AS account_before
    FROM payment_net
    WHERE payment_net.link_tier <> 'C' AND payment_net.account_no IS NOT NULL
),

opened AS (
    SELECT account_no, min(opened_on) AS opened_on, min(account_row) AS account_row
    FROM account
    WHERE opened_on IS NOT NULL
    GROUP BY account_no
),

swapped AS (
    SELECT
        used.*, opened.opened_on, opened.account_row,
        year(used.paid_on) * 12 + month(used.paid_on) - 1 AS used_month
    FROM used
    INNER JOIN opened USING (account_no)
    LEFT JOIN account_current ON used.account_before = account_current.account_no
    WHERE
        used.account_before <> used.account_no
        AND coalesce(account_current.current_no, '') <> used.account_no
        AND date_diff('day', opened.opened_on, used.paid_on) BETWEEN 0 AND $days
),

burst AS (
    SELECT village_id, used_month, count(DISTINCT person_id) AS people
    FROM swapped
    GROUP BY village_id, used_month
    HAVING count(DISTINCT person_id) >= $least_people AND count(DISTINCT opened_on) <= 2
)

SELECT
    CAST(NULL AS VARCHAR) AS person_id, swapped.item_id, swapped.from_month AS month, swapped.amount_fen,
    swapped.payment_row, swapped.account_row, swapped.town_id, swapped.village_id, swapped.used_month,
    burst.people, concat(year(swapped.paid_on), '年', month(swapped.paid_on), '月') AS used_month_text,
    $days AS days_text
FROM swapped
INNER JOIN burst USING (village_id, used_month)
