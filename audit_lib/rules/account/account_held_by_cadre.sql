---
id: ACCOUNT_HELD_BY_CADRE
title: 村干部代持代领
family: account
problem: accounts
kind: EXPOSURE
track: problem
severity: 高
owner: 纪检
matter: [account_no]
needs: [payment.person_id, payment.account_no, staff.person_id, staff.post_kind]
helps: [account.person_id, hukou.household_no]
tolerances:
  least_others: {type: int, default: 2, min: 1, max: 50, says: 为此数以上的外户人员代收才列出}
basis: [B9, B12, B18]
statement: "村干部{name}的账户{account_no}代收{others}名外户人员补贴{amount}元"
疑点情形: 村干部本人的账户收取两名以上非同户人员的补贴
不算疑点:
  - 为同户家庭成员代收
  - 只为一名外户人员代收(多为照看老人)
  - 已经卸任的人
核实办法: 调取账户流水和支取凭证；逐一询问领款人是否知情、是否实际得到；移交纪检
---
WITH cadre AS (
    SELECT
        person_id, min(staff_row) AS staff_row,
        min(coalesce(year(started_on) * 12 + month(started_on) - 1, 0)) AS from_month,
        max(coalesce(year(ended_on) * 12 + month(ended_on) - 1, 99999)) AS to_month
    FROM staff
    WHERE
        link_tier <> 'C'
        AND regexp_matches(coalesce(post_kind, ''), '村干部|村委|村支|村党|书记|村主任|村会计|文书|两委|妇联主席|居委')
    GROUP BY person_id
),

holder AS (
    SELECT DISTINCT account.account_no, cadre.person_id
    FROM account
    INNER JOIN cadre USING (person_id)
    WHERE account.link_tier <> 'C'
    UNION
    SELECT DISTINCT account_use.account_no, cadre.person_id
    FROM account_use
    INNER JOIN cadre USING (person_id)
    INNER JOIN person USING (person_id)
    WHERE account_use.account_name = person.name
),

for_others AS (
    SELECT
        account_use.payment_row, account_use.item_id, account_use.person_id, account_use.account_no,
        cadre.person_id AS cadre_id, cadre.staff_row
    FROM account_use
    INNER JOIN holder USING (account_no)
    INNER JOIN cadre ON holder.person_id = cadre.person_id
    LEFT JOIN home AS own ON cadre.person_id = own.person_id
    LEFT JOIN home AS payee ON account_use.person_id = payee.person_id
    WHERE
        account_use.person_id <> cadre.person_id
        AND coalesce(own.household_no <> payee.household_no, TRUE)
        AND account_use.used_month BETWEEN cadre.from_month AND cadre.to_month
),

crowd AS (
    SELECT account_no, cadre_id, count(DISTINCT person_id) AS others
    FROM for_others
    GROUP BY account_no, cadre_id
    HAVING count(DISTINCT person_id) >= $least_others
)

SELECT
    for_others.cadre_id AS person_id, for_others.item_id, paid_month.month, paid_month.amount_fen,
    for_others.payment_row, for_others.staff_row, for_others.account_no, crowd.others
FROM for_others
INNER JOIN crowd USING (account_no, cadre_id)
INNER JOIN paid_month USING (payment_row)
