---
id: SHARED_ACCOUNT
title: 一卡多人
family: account
problem: accounts
kind: EXPOSURE
track: problem
severity: 高
owner: 金融办
matter: [account_no]
needs: [payment.person_id, payment.account_no, hukou.household_no]
helps: [account.account_no]
tolerances:
  adult_age: {type: int, default: 18, min: 14, max: 22, says: 未满此年龄的由监护人账户代收，不计}
basis: [B10, B12, B18]
statement: "账户{account_no}收取了不同家庭{people}人的补贴，其中他人补贴{amount}元"
疑点情形: 一个账户收取两个以上不同家庭人员的补贴
不算疑点:
  - 同一户籍家庭成员共用账户
  - 监护人账户代收未成年人补贴
  - 集中供养机构、学校等单位账户
  - 身份尚不能确定或不在户籍中的领款人
核实办法: 向开户行核对账户持有人和支取记录；询问领款人是否知情、是否实际得到补贴；涉嫌冒领的移交纪检
---
WITH personal AS (
    SELECT account_use.*
    FROM account_use
    INNER JOIN item USING (item_id)
    INNER JOIN home USING (person_id)
    WHERE
        item.account_holder <> 'institution'
        AND NOT regexp_matches(coalesce(account_use.account_name, ''), '学校|小学|中学|幼儿园|敬老院|养老院|福利|供养|医院')
        AND account_use.month - coalesce(year(home.birth_on) * 12 + month(home.birth_on) - 1, 0) >= $adult_age * 12
),

user_of AS (SELECT DISTINCT account_no, person_id FROM personal),

crowd AS (SELECT account_no, count(*) AS people FROM user_of GROUP BY account_no),

one_family AS (
    SELECT DISTINCT together.account_no
    FROM (
        SELECT user_of.account_no, count(*) AS people
        FROM user_of
        INNER JOIN crowd USING (account_no)
        INNER JOIN household_member USING (person_id)
        GROUP BY user_of.account_no, household_member.household_no
    ) AS together
    INNER JOIN crowd USING (account_no, people)
),

holder AS (
    SELECT
        user_of.account_no, user_of.person_id,
        row_number() OVER (
            PARTITION BY user_of.account_no
            ORDER BY
                CASE WHEN max(account.account_row) IS NOT NULL THEN 0 ELSE 1 END,
                CASE WHEN bool_or(personal.account_name = person.name) THEN 0 ELSE 1 END,
                sum(personal.amount_fen) DESC, user_of.person_id
        ) AS place
    FROM user_of
    INNER JOIN personal USING (account_no, person_id)
    INNER JOIN person USING (person_id)
    LEFT JOIN account USING (account_no, person_id)
    GROUP BY user_of.account_no, user_of.person_id
)

SELECT
    CAST(NULL AS VARCHAR) AS person_id, personal.item_id, paid_month.month, paid_month.amount_fen, personal.payment_row,
    personal.account_no, crowd.people, payment.town_id, payment.village_id
FROM personal
INNER JOIN crowd USING (account_no)
INNER JOIN payment USING (payment_row)
INNER JOIN paid_month USING (payment_row)
LEFT JOIN one_family USING (account_no)
LEFT JOIN holder ON personal.account_no = holder.account_no AND personal.person_id = holder.person_id AND holder.place = 1
WHERE one_family.account_no IS NULL AND holder.person_id IS NULL
