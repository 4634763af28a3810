---
id: MULTI_ACCOUNT
title: 一人多卡
family: account
problem: accounts
kind: EXPOSURE
track: problem
severity: 中
owner: 金融办
matter: []
needs: [payment.person_id, payment.account_no, payment.account_name]
helps: [account.replaced_by]
tolerances: {}
basis: [B10, B13, B18]
statement: "{name}用{accounts}个本人账户领取补贴，{first_month}至{last_month}有{amount}元没有进入主要账户"
疑点情形: 同一人用两个以上本人名下账户交替领取到人补贴
不算疑点:
  - 旧存折换新卡、挂失换卡(旧账户此后不再使用)
  - 银行升级改号，新旧账号有对应关系
  - 到户补贴进户主账户、到人补贴进本人账户
  - 户名不是本人的账户，另按一卡多人核查
核实办法: 向开户行核对账户和换卡记录；动员本人合并销户，只保留一张补贴卡
---
WITH own AS (
    SELECT account_use.*
    FROM account_use
    INNER JOIN person USING (person_id)
    INNER JOIN item USING (item_id)
    WHERE item.level = 'P' AND account_use.account_name = person.name
),

span AS (
    SELECT person_id, account_no, min(used_month) AS first_used, max(used_month) AS last_used, sum(amount_fen) AS total_fen
    FROM own
    GROUP BY person_id, account_no
),

interleaved AS (
    SELECT DISTINCT one.person_id, one.account_no
    FROM span AS one
    INNER JOIN span AS other
        ON
            one.person_id = other.person_id AND one.account_no <> other.account_no
            AND one.first_used < other.last_used AND other.first_used < one.last_used
),

ranked AS (
    SELECT
        span.person_id, span.account_no,
        row_number() OVER (PARTITION BY span.person_id ORDER BY span.total_fen DESC, span.account_no) AS place,
        count(*) OVER (PARTITION BY span.person_id) AS accounts
    FROM span
    INNER JOIN interleaved USING (person_id, account_no)
)

SELECT
    own.person_id, own.item_id, paid_month.month, paid_month.amount_fen, own.payment_row, ranked.accounts
FROM own
INNER JOIN paid_month USING (payment_row)
INNER JOIN ranked ON own.person_id = ranked.person_id AND own.account_no = ranked.account_no
WHERE ranked.place > 1
