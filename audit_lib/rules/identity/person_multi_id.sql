---
id: PERSON_MULTI_ID
title: 一人多证
family: identity
problem: data_quality
kind: LOSS
track: problem
severity: 低
owner: 公安
matter: [item_id]
needs: [payment.person_id, payment.service_from]
helps: [payment.household_no, hukou.household_no, hukou.birth_on]
tolerances: {}
basis: [B14, B17]
statement: "{name}疑似以两个身份证号领取补贴(同户、同名、同日出生)，{first_month}至{last_month}{item}重复{amount}元"
疑点情形: 同一户中姓名、性别、出生日期都相同的两个有效证号，在同一时期领取同一项目
不算疑点:
  - 双胞胎(姓名不同)
  - 同名同日出生而不在一户
  - 两个证号领取的时期不重叠
核实办法: 请公安机关核实是否重号、重户；确认为一人的注销一个号码，追回重复领取的一份
---
WITH alike AS (
    SELECT one.person_id AS first_id, other.person_id AS second_id
    FROM person AS one
    INNER JOIN person AS other ON one.name = other.name AND one.birth_on = other.birth_on AND one.sex = other.sex
    WHERE one.person_id <> other.person_id
),

-- only namesakes' households and payments, so that nothing of a whole district is joined to itself
family AS (
    SELECT person_id, household_no FROM home WHERE person_id IN (SELECT first_id FROM alike)
    UNION
    SELECT DISTINCT person_id, household_no
    FROM payment_net
    WHERE person_id IN (SELECT first_id FROM alike)
    UNION
    SELECT DISTINCT person_id, household_no
    FROM enrolled
    WHERE person_id IN (SELECT first_id FROM alike)
),

together AS (
    SELECT DISTINCT alike.first_id, alike.second_id, family.household_no
    FROM alike
    INNER JOIN family ON alike.first_id = family.person_id
),

double AS (
    SELECT DISTINCT together.first_id, together.second_id
    FROM together
    INNER JOIN family ON together.second_id = family.person_id AND together.household_no = family.household_no
),

paid AS (
    SELECT
        paid_month.person_id, paid_month.item_id, paid_month.month,
        sum(paid_month.amount_fen) AS amount_fen, min(paid_month.payment_row) AS payment_row
    FROM paid_month
    INNER JOIN payment_net USING (payment_row)
    INNER JOIN (SELECT DISTINCT first_id FROM alike) AS namesake ON paid_month.person_id = namesake.first_id
    WHERE payment_net.link_tier = 'A' AND payment_net.amount_fen > 0
    GROUP BY paid_month.person_id, paid_month.item_id, paid_month.month
)

SELECT
    paid.person_id, paid.item_id, paid.month, paid.amount_fen, paid.payment_row,
    other.payment_row AS other_payment_row
FROM double
INNER JOIN paid ON double.first_id = paid.person_id
INNER JOIN paid AS other
    ON double.second_id = other.person_id AND paid.item_id = other.item_id AND paid.month = other.month
WHERE paid.amount_fen < other.amount_fen OR (paid.amount_fen = other.amount_fen AND double.first_id > double.second_id)
