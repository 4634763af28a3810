---
id: HEADCOUNT_OVER
title: 保障人数多于在册人数
family: standard
problem: over_scope
kind: LOSS
track: problem
severity: 中
owner: item
matter: [item_id]
needs: [payment.person_id, payment.service_from, hukou.household_no]
needs_somewhere: [payment.quantity]
helps: [death.died_on, enrolment.household_no]
tolerances:
  unregistered: {type: int, default: 1, min: 0, max: 5, says: 户内无人死亡迁出时，容许未入户(新生儿等)的人数}
basis: [B2, B9]
statement: "{name}一户{first_month}至{last_month}按{insured}人发放{item}，户内共同生活{living}人，多发{amount}元"
疑点情形: 低保按保障人数发放，而保障人数多于户内在世、未迁出的人数
不算疑点:
  - 新生儿等尚未入户的人
  - 名册逐人列名的共同生活人员，户口不在一处
  - 成员死亡、迁出的当月
  - 不在户籍中的户
核实办法: 入户核对共同生活人员；确认虚增的按人核减，追回多发部分
---
WITH paid AS (
    SELECT
        paid_month.person_id, paid_month.item_id, paid_month.month, paid_month.amount_fen, paid_month.payment_row,
        home.household_no, CAST(payment_net.quantity AS INTEGER) AS insured
    FROM paid_month
    INNER JOIN payment_net USING (payment_row)
    INNER JOIN item ON paid_month.item_id = item.item_id
    INNER JOIN home ON paid_month.person_id = home.person_id
    LEFT JOIN misbooked USING (payment_row)
    WHERE
        starts_with(item.register_name, 'dibao') AND item.unit = 'person_month'
        AND payment_net.quantity > 1 AND payment_net.link_tier <> 'C' AND misbooked.payment_row IS NULL
),

-- everybody of the household, by its register or by the list of those insured
member AS (
    SELECT household_no, person_id, coalesce(last_month, 99999) AS last_month FROM household_member
    UNION
    SELECT home.household_no, other.person_id, 99999 AS last_month
    FROM home
    INNER JOIN enrolled AS own ON home.person_id = own.person_id
    INNER JOIN enrolled AS other ON own.household_no = other.household_no AND own.register = other.register
    LEFT JOIN household_member
        ON other.person_id = household_member.person_id AND home.household_no = household_member.household_no
    LEFT JOIN death_best ON other.person_id = death_best.person_id
    WHERE
        starts_with(own.register, 'dibao')
        AND household_member.person_id IS NULL AND death_best.person_id IS NULL
),

counted AS (
    SELECT
        paid.payment_row, paid.month,
        count(CASE WHEN member.last_month >= paid.month THEN member.person_id END) AS living,
        count(CASE WHEN member.last_month < paid.month THEN member.person_id END) AS gone
    FROM paid
    INNER JOIN member USING (household_no)
    GROUP BY paid.payment_row, paid.month
)

SELECT
    paid.person_id, paid.item_id, paid.month,
    CAST(paid.amount_fen * (paid.insured - counted.living) // paid.insured AS BIGINT) AS amount_fen,
    paid.payment_row, paid.insured, counted.living
FROM paid
INNER JOIN counted USING (payment_row, month)
WHERE paid.insured - counted.living > CASE WHEN counted.gone > 0 THEN 0 ELSE $unregistered END
