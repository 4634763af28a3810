---
id: ENTITLED_NOT_ENROLLED
title: 应享未享
family: channel
problem: underpaid
kind: OWED
track: management
severity: 中
owner: item
matter: [item_id]
needs: [payment.person_id, payment.service_from, enrolment.person_id]
needs_somewhere: [enrolment.approved_on, enrolment.class]
helps: [death.died_on, hukou.moved_out_on, custody.started_on]
tolerances:
  least_months: {type: int, default: 3, min: 1, max: 24, says: 具备资格满此数以上的月份才列出}
basis: [B1, B4, B16]
statement: "{name}在{register_text}名册，{first_month}至{last_month}具备享受{item}的资格而从未领取，按标准计{months}个月{amount}元(估算，须先核对是否申请)"
疑点情形: 本人在项目参数 entitled 所写的资格名册中、类别和年龄相符，审计年度内从未领取该项目，也没有失败记录
不算疑点:
  - 同时享受互斥或须择高的项目
  - 已死亡、迁出、服刑的月份
  - 不在附带要求的名册(如生活补贴须在低保)，或在排除的名册(如特困)
  - 具备资格不足规定月数，批准当月和停发当月
  - 没有标准可依的项目；本期没有任何人领取的项目
  - 类别或年龄不符
核实办法: 入户核对是否申请、是否自愿放弃或选择其他补贴；符合条件的由主管部门告知并协助申请
---
WITH delivered AS (SELECT DISTINCT item_id, month FROM paid_month),

-- whoever was once paid, or for whom it was tried, is left to the rules on gaps and failures
known AS (SELECT DISTINCT person_id, item_id FROM payment WHERE person_id IS NOT NULL),

entry AS (
    SELECT
        enrolled.person_id, enrolled.enrolment_row, enrolled.class, entitlement.register_name, entitlement.item_id,
        entitlement.also, entitlement.unless, delivered.month
    FROM enrolled
    INNER JOIN entitlement ON enrolled.register = entitlement.register_name
    INNER JOIN delivered
        ON
            entitlement.item_id = delivered.item_id
            AND delivered.month > enrolled.from_month AND delivered.month < enrolled.to_month
    INNER JOIN audit_month USING (month)
    INNER JOIN person USING (person_id)
    LEFT JOIN known ON enrolled.person_id = known.person_id AND entitlement.item_id = known.item_id
    WHERE
        known.person_id IS NULL AND enrolled.link_tier <> 'C' AND enrolled.approved_on IS NOT NULL
        AND (entitlement.classes = '' OR list_contains(string_split(entitlement.classes, '|'), enrolled.class))
        AND (
            entitlement.age_from = 0
            OR delivered.month - (year(person.birth_on) * 12 + month(person.birth_on) - 1) > entitlement.age_from * 12
        )
),

-- another item that stands in its way, drawn by the person or for the household
instead AS (
    SELECT DISTINCT member.person_id, barred.item_id, paid_month.month
    FROM (
        SELECT item_a AS item_id, item_b AS drawn_id FROM exclusion
        UNION
        SELECT item_b AS item_id, item_a AS drawn_id FROM exclusion
    ) AS barred
    INNER JOIN paid_month ON barred.drawn_id = paid_month.item_id
    INNER JOIN co_living AS payee ON paid_month.person_id = payee.person_id
    INNER JOIN co_living AS member ON payee.household_key = member.household_key
    WHERE barred.item_id IN (SELECT item_id FROM entitlement)
),

residence AS (
    SELECT person_id, max(coalesce(last_month, 99999)) AS until_month FROM household_member GROUP BY person_id
),

entitled AS (
    SELECT entry.*
    FROM entry
    LEFT JOIN death_best USING (person_id)
    LEFT JOIN residence USING (person_id)
    LEFT JOIN instead
        ON entry.person_id = instead.person_id AND entry.item_id = instead.item_id AND entry.month = instead.month
    WHERE
        instead.person_id IS NULL
        AND entry.month < coalesce(death_best.death_month, 99999)
        AND entry.month < coalesce(residence.until_month, 99999)
        AND NOT EXISTS (
            SELECT 1 FROM in_custody
            WHERE
                in_custody.person_id = entry.person_id
                AND entry.month BETWEEN in_custody.from_month AND in_custody.to_month
        )
        AND NOT EXISTS (
            SELECT 1 FROM covered AS barring
            WHERE
                barring.person_id = entry.person_id AND list_contains(string_split(entry.unless, '|'), barring.register)
                AND entry.month BETWEEN barring.from_month AND barring.to_month
        )
        AND (
            entry.also = ''
            OR EXISTS (
                SELECT 1 FROM covered AS needed
                WHERE
                    needed.person_id = entry.person_id AND list_contains(string_split(entry.also, '|'), needed.register)
                    AND entry.month BETWEEN needed.from_month AND needed.to_month
            )
        )
),

owed AS (
    SELECT
        entitled.person_id, entitled.item_id, entitled.month, entitled.register_name,
        min(entitled.enrolment_row) AS enrolment_row,
        coalesce(
            max(CASE WHEN standard.class_name IN ('', entitled.class) THEN standard.amount_fen END),
            min(standard.amount_fen)
        ) AS rate_fen,
        count(*) OVER (PARTITION BY entitled.person_id, entitled.item_id) AS owed_months
    FROM entitled
    INNER JOIN item USING (item_id)
    INNER JOIN standard
        ON
            entitled.item_id = standard.item_id
            AND entitled.month BETWEEN standard.from_month AND coalesce(standard.to_month, 99999)
    WHERE item.unit = 'person_month'
    GROUP BY entitled.person_id, entitled.item_id, entitled.month, entitled.register_name
)

SELECT
    person_id, item_id, month, rate_fen AS amount_fen, enrolment_row, 'C' AS tier,
    CASE register_name
        WHEN 'disability' THEN '残疾人' WHEN 'orphan' THEN '孤儿' WHEN 'aged' THEN '高龄老人' WHEN 'student' THEN '学生'
        WHEN 'dibao_rural' THEN '农村低保' WHEN 'dibao_urban' THEN '城市低保' WHEN 'tekun' THEN '特困' ELSE '资格'
    END AS register_text
FROM owed
WHERE owed_months >= $least_months
