---
id: ACCOUNT_NAME_MISMATCH
title: 户名与补贴对象不符
family: account
problem: accounts
kind: EXPOSURE
track: problem
severity: 中
owner: 金融办
matter: [account_no]
needs: [payment.person_id, payment.account_name]
helps: [hukou.household_no, account.account_no]
tolerances:
  adult_age: {type: int, default: 18, min: 14, max: 22, says: 未满此年龄的由监护人账户代收，不计}
basis: [B12, B18]
statement: "{name}的补贴{amount}元打入账户{account_no}，户名为他人且不是同户人员"
疑点情形: 收款账户的户名不是领款人，也不是其同户人员
不算疑点:
  - 同一户籍家庭成员的账户
  - 监护人账户代收未成年人补贴
  - 集中供养机构、学校等单位账户
  - 银行系统缺字、以符号代替的，三字以上姓名差一字的
  - 账户登记的持有人是本人或曾用名
核实办法: 向开户行核对持有人；询问领款人是否知情、是否实际得到；办理本人账户
---
WITH used AS (
    SELECT
        payment_net.payment_row, payment_net.person_id, payment_net.item_id, payment_net.account_no,
        payment_net.account_name, payment_net.town_id, payment_net.village_id, person.name, person.birth_on,
        payment_net.to_month
    FROM payment_net
    INNER JOIN person USING (person_id)
    INNER JOIN item USING (item_id)
    WHERE
        payment_net.link_tier <> 'C'
        AND person.in_hukou AND item.account_holder <> 'institution'
        AND payment_net.account_name <> person.name
        AND NOT regexp_matches(
            payment_net.account_name,
            '学校|小学|中学|幼儿园|敬老院|养老院|福利|供养|医院|村委|居委|合作社|公司|集体|财政|经管站|[□?*＊·.•]'
        )
        AND payment_net.to_month - (year(person.birth_on) * 12 + month(person.birth_on) - 1) >= $adult_age * 12
),

-- one differing character in a name of three or more is a slip
slip AS (
    SELECT payment_row
    FROM used
    WHERE
        length(name) = length(account_name) AND length(name) >= 3
        AND (CASE WHEN substr(name, 1, 1) = substr(account_name, 1, 1) THEN 1 ELSE 0 END)
        + (CASE WHEN substr(name, 2, 1) = substr(account_name, 2, 1) THEN 1 ELSE 0 END)
        + (CASE WHEN substr(name, 3) = substr(account_name, 3) THEN 1 ELSE 0 END) >= 2
),

relative AS (
    SELECT used.payment_row
    FROM used
    INNER JOIN household_member AS own USING (person_id)
    INNER JOIN household_member AS housemate ON own.household_no = housemate.household_no
    INNER JOIN person ON housemate.person_id = person.person_id
    WHERE person.name = used.account_name
    UNION
    SELECT used.payment_row
    FROM used
    INNER JOIN hukou USING (person_id)
    WHERE hukou.former_name = used.account_name
    UNION
    SELECT used.payment_row
    FROM used
    INNER JOIN account USING (account_no, person_id)
)

SELECT
    used.person_id, used.item_id, paid_month.month, paid_month.amount_fen, used.payment_row, used.account_no
FROM used
INNER JOIN paid_month USING (payment_row)
WHERE
    used.payment_row NOT IN (SELECT payment_row FROM slip)
    AND used.payment_row NOT IN (SELECT payment_row FROM relative)
