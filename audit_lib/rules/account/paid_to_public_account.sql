---
id: PAID_TO_PUBLIC_ACCOUNT
title: 打入村集体或对公账户
family: account
problem: accounts
kind: EXPOSURE
track: problem
severity: 中
owner: 财政所
matter: [account_no, item_id]
needs: [payment.account_no, payment.service_from]
needs_somewhere: [payment.account_name]
helps: [account.account_kind]
tolerances: {}
basis: [B10, B12, B18]
statement: "{payees}人的{item}{amount}元打入单位账户{account_no}，没有直接发到个人"
疑点情形: 到人到户的补贴打入村委会、合作社、公司等对公账户
不算疑点:
  - 集中供养机构、学校等项目规定由单位代收的
  - 个人账户
  - 发放失败、已冲销的
核实办法: 核对账户性质和打入依据；查明款项是否足额转付个人并有签收
---
WITH public_account AS (
    SELECT DISTINCT account_no
    FROM account
    WHERE regexp_matches(coalesce(account_kind, ''), '对公|单位|企业')
    UNION
    SELECT DISTINCT account_no
    FROM payment_net
    WHERE
        regexp_matches(
            coalesce(account_name, ''), '村委|居委|村民委员会|合作社|公司|村集体|经济联合|经管站|财政所|村账|企业|厂$'
        )
),

used AS (
    SELECT payment_net.*
    FROM payment_net
    INNER JOIN public_account USING (account_no)
    INNER JOIN item ON payment_net.item_id = item.item_id
    WHERE
        item.account_holder <> 'institution' AND payment_net.amount_fen > 0
        AND NOT regexp_matches(coalesce(payment_net.account_name, ''), '学校|小学|中学|幼儿园|敬老院|养老院|福利院|供养|医院')
)

SELECT
    CAST(NULL AS VARCHAR) AS person_id, used.item_id, paid_month.month, paid_month.amount_fen, used.payment_row,
    used.account_no, used.town_id, used.village_id,
    count(used.person_id) OVER (PARTITION BY used.account_no, used.item_id) AS payees
FROM used
INNER JOIN paid_month USING (payment_row)
