---
id: AGE_IMPLAUSIBLE
title: 年龄与项目不符
family: identity
problem: over_scope
kind: LOSS
track: problem
severity: 中
owner: item
matter: [item_id]
needs: [payment.person_id, payment.service_from, hukou.birth_on]
tolerances:
  aged_from: {type: int, default: 80, min: 60, max: 100, says: 高龄(老年人)补贴的起始周岁}
  plan_from: {type: int, default: 60, min: 49, max: 70, says: 计生奖励扶助的起始周岁}
  veteran_from: {type: int, default: 60, min: 55, max: 70, says: 老年退役士兵补助的起始周岁}
  student_from: {type: int, default: 3, min: 0, max: 6, says: 学生资助的最小周岁}
  student_to: {type: int, default: 25, min: 18, max: 60, says: 学生资助的最大周岁}
  oldest: {type: int, default: 105, min: 90, max: 130, says: 达到该周岁即提示核对是否健在}
basis: [B16]
statement: "{name}({birth_on}出生){doubt}，{first_month}至{last_month}领取{item}{months}个月，共{amount}元"
疑点情形: 未到规定年龄领取高龄补贴、计生奖励扶助、老年退役士兵补助，或学生资助对象不在3至25周岁；满105周岁的只提示核对是否健在，不计金额
不算疑点:
  - 达到规定年龄当月及以后的补贴
  - 满25周岁当年(未满26周岁)的学生资助
  - 未满105周岁的高龄老人
  - 出生日期不明
  - 没有年龄条件的项目
核实办法: 查档案和户口簿核对实际出生日期(是否农历、登记更正)；核对项目规定的年龄；满105周岁的入户见人
---
WITH aged AS (
    SELECT
        paid_month.*, item.register_name, person.birth_on,
        paid_month.month - (year(person.birth_on) * 12 + month(person.birth_on) - 1) AS age_months,
        CASE item.register_name
            WHEN 'aged' THEN $aged_from WHEN 'fp_reward' THEN $plan_from
            WHEN 'veteran_elder' THEN $veteran_from WHEN 'student' THEN $student_from
        END AS from_age
    FROM paid_month
    INNER JOIN item ON paid_month.item_id = item.item_id AND item.level = 'P'
    INNER JOIN person ON paid_month.person_id = person.person_id
),

judged AS (SELECT *, age_months >= $oldest * 12 AS is_ancient FROM aged),

doubted AS (
    SELECT
        *,
        CASE
            WHEN is_ancient THEN '已满' || $oldest || '周岁，请核对是否健在'
            WHEN age_months < from_age * 12 THEN '未满' || from_age || '周岁'
            WHEN register_name = 'student' AND age_months >= ($student_to + 1) * 12 THEN '已超过' || $student_to || '周岁'
        END AS doubt
    FROM judged
)

SELECT
    person_id, CASE WHEN NOT is_ancient THEN item_id END AS item_id, month, payment_row, birth_on, CASE WHEN is_ancient THEN 0 ELSE amount_fen END AS amount_fen,
    CASE WHEN is_ancient THEN 'NONE' ELSE 'LOSS' END AS kind, CASE WHEN is_ancient THEN '低' ELSE '中' END AS severity,
    doubt
FROM doubted
WHERE doubt IS NOT NULL
