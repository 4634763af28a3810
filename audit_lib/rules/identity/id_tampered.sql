---
id: ID_TAMPERED
title: 疑似篡改证号规避比对
family: identity
problem: data_quality
kind: EXPOSURE
track: problem
severity: 高
owner: item
matter: [item_id]
needs: [payment.person_id, payment.id_status, payment.service_from]
helps: [death.died_on, staff.post_kind, custody.started_on]
tolerances:
  least_in_village: {type: int, default: 3, min: 2, max: 50, says: 一村有此数以上的人证号错一两位，且达到下一项比例，视为集中}
  village_percent: {type: number, default: 5, min: 0, max: 100, says: 占全村领款人数的百分比}
basis: [B9, B14]
statement: "{name}领取{item}{amount}元所用证号与登记证号相差一两位且查无此号，而本人{motive}"
疑点情形: 发放所用证号与本人登记证号只差一两位、改后的号码不存在，且本人已死亡、服刑或为财政供养人员，或一村集中出现
不算疑点:
  - 零星的录入错误
  - 登记在册、本无疑点的人
核实办法: 调取原始申报材料和录入记录，查明由谁录入、何时改动；属规避比对的移交纪检
---
WITH altered AS (
    SELECT payment_net.*
    FROM payment_net
    INNER JOIN person USING (person_id)
    WHERE
        payment_net.link_tier = 'B' AND payment_net.id_status IN ('check_digit', 'birth')
        AND person.in_hukou
),

payee AS (SELECT village_id, count(DISTINCT person_id) AS people FROM payment_net GROUP BY village_id),

village AS (
    SELECT altered.village_id
    FROM altered
    INNER JOIN payee USING (village_id)
    GROUP BY altered.village_id, payee.people
    HAVING
        count(DISTINCT altered.person_id) >= $least_in_village
        AND 100.0 * count(DISTINCT altered.person_id) >= $village_percent * payee.people
),

motive AS (
    SELECT person_id, '已死亡' AS motive, death_month AS since_month, 99999 AS until_month FROM death_best WHERE link_tier <> 'C'
    UNION
    SELECT person_id, '正在服刑' AS motive, from_month, to_month FROM in_custody WHERE link_tier <> 'C'
    UNION
    SELECT person_id, '为财政供养人员' AS motive, from_month, to_month FROM on_payroll WHERE link_tier <> 'C'
),

moved_by AS (
    SELECT
        altered.payment_row, paid_month.month, string_agg(DISTINCT motive.motive, '、' ORDER BY motive.motive) AS motive
    FROM altered
    INNER JOIN paid_month USING (payment_row)
    INNER JOIN motive
        ON altered.person_id = motive.person_id AND paid_month.month BETWEEN motive.since_month AND motive.until_month
    GROUP BY altered.payment_row, paid_month.month
)

SELECT
    altered.person_id, altered.item_id, paid_month.month, paid_month.amount_fen, paid_month.payment_row,
    coalesce(moved_by.motive, '所在村有多人如此') AS motive
FROM altered
INNER JOIN paid_month USING (payment_row)
LEFT JOIN village ON altered.village_id = village.village_id
LEFT JOIN moved_by ON paid_month.payment_row = moved_by.payment_row AND paid_month.month = moved_by.month
WHERE moved_by.payment_row IS NOT NULL OR village.village_id IS NOT NULL
