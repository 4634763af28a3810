---
id: RATE_UNDER
title: 低于标准发放
family: standard
problem: underpaid
kind: OWED
track: management
severity: 中
owner: item
matter: [item_id]
needs: [payment.person_id, payment.service_from]
helps: [enrolment.class]
tolerances:
  tolerance_fen: {type: int, default: 1, min: 0, max: 100000, says: 不计的差额(分)}
basis: [B16]
statement: "{name}{first_month}至{last_month}的{item}低于标准，应发{due_fen}元的实发{paid_fen}元，共少发{amount}元"
疑点情形: 类别明确的人，实发金额低于按所属月份、类别和数量计算的标准
不算疑点:
  - 同期另有一笔，或以后已经补发、补差
  - 批准当月、停发当月、类别调整当月
  - 类别不明或补差型项目
  - 差额在容许范围内
  - 混淆发放类别的款项
  - 一笔发几个月而金额恰为其中几个月的标准(中途退出或新批准)
核实办法: 核对标准文件和类别审批；属少发的，由主管部门补发给本人
---
WITH short AS (
    SELECT payment_due.*
    FROM payment_due
    INNER JOIN item USING (item_id)
    INNER JOIN payment_net USING (payment_row)
    LEFT JOIN misbooked USING (payment_row)
    LEFT JOIN short_span USING (payment_row)
    WHERE
        item.rate_check = 'exact' AND payment_due.is_sure
        AND payment_due.due_fen - payment_due.paid_fen > $tolerance_fen AND payment_due.paid_fen > 0
        AND payment_net.link_tier <> 'C' AND misbooked.payment_row IS NULL
        AND short_span.payment_row IS NULL
),

made_up AS (
    SELECT short.payment_row
    FROM short
    INNER JOIN payment_net AS other
        ON
            short.person_id = other.person_id AND short.item_id = other.item_id
            AND short.payment_row <> other.payment_row
    WHERE
        other.to_month >= short.month
        AND (
            other.from_month <= short.last_month OR regexp_matches(coalesce(other.purpose, ''), '补差|补发|差额')
        )
),

changing AS (
    SELECT short.payment_row
    FROM short
    INNER JOIN enrolled USING (person_id)
    INNER JOIN item USING (item_id)
    WHERE
        enrolled.register = item.register_name
        AND (
            enrolled.from_month BETWEEN short.month AND short.last_month
            OR enrolled.to_month BETWEEN short.month AND short.last_month
        )
)

SELECT
    person_id, item_id, month, CAST(due_fen - paid_fen AS BIGINT) AS amount_fen, payment_row,
    CAST(due_fen AS BIGINT) AS due_fen, paid_fen
FROM short
WHERE
    payment_row NOT IN (SELECT payment_row FROM made_up)
    AND payment_row NOT IN (SELECT payment_row FROM changing)
