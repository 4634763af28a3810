---
id: ENROLLED_NOT_PAID
title: 在册未发
family: channel
problem: underpaid
kind: OWED
track: management
severity: 中
owner: item
matter: [item_id]
needs: [payment.person_id, payment.service_from, enrolment.person_id]
needs_somewhere: [enrolment.approved_on]
helps: [death.died_on, hukou.household_no, enrolment.class]
tolerances:
  least_months: {type: int, default: 1, min: 1, max: 24, says: 漏发此数以上的月份才列出}
unable:
  - says: 名册登记没有读出享受起始时间，未判断是否漏发
    sql: >-
      SELECT count(*) FROM enrolment
      WHERE approved_on IS NULL
        AND register IN (SELECT register_name FROM item WHERE level = 'P' AND freq = 'month')
basis: [B1, B16]
statement: "{name}在册期间{first_month}至{last_month}有{months}个月没有发放{item}，按标准应发{amount}元"
疑点情形: 本人前后月份都领取、名册中资格连续，而中间有月份没有任何发放记录
不算疑点:
  - 有失败记录的月份，另按发放失败未重发核查
  - 批准当月和停发当月
  - 以后补发的
  - 同一名册另一项目当月已发
  - 开始领取以前、最后一次领取以后的月份
  - 没有标准可依的项目
核实办法: 核对当月清册和审批；属漏发的由主管部门补发
---
WITH span AS (
    SELECT
        payment_net.person_id, payment_net.item_id, item.register_name,
        min(payment_net.from_month) AS first_month, max(payment_net.to_month) AS last_month
    FROM payment_net
    INNER JOIN item USING (item_id)
    WHERE
        item.level = 'P' AND item.freq = 'month'
        AND payment_net.link_tier <> 'C'
    GROUP BY payment_net.person_id, payment_net.item_id, item.register_name
),

gap AS (
    SELECT span.person_id, span.item_id, span.register_name, audit_month.month, enrolled.enrolment_row, enrolled.class
    FROM span
    INNER JOIN audit_month ON audit_month.month > span.first_month AND audit_month.month < span.last_month
    INNER JOIN enrolled
        ON
            span.person_id = enrolled.person_id AND span.register_name = enrolled.register
            AND audit_month.month > enrolled.from_month AND audit_month.month < enrolled.to_month
            AND enrolled.link_tier <> 'C' AND enrolled.approved_on IS NOT NULL
),

-- somebody else's payment of the item in the month shows that the month's list was delivered
delivered AS (SELECT DISTINCT item_id, month FROM paid_month),

paid AS (
    SELECT DISTINCT paid_month.person_id, item.register_name, paid_month.month
    FROM paid_month
    INNER JOIN item USING (item_id)
),

attempted AS (
    SELECT person_id, item_id, service_from, coalesce(service_to, service_from) AS service_to
    FROM payment
),

owed AS (
    SELECT
        gap.person_id, gap.item_id, gap.month, min(gap.enrolment_row) AS enrolment_row,
        coalesce(
            max(CASE WHEN standard.class_name = gap.class THEN standard.amount_fen END),
            min(standard.amount_fen)
        ) AS rate_fen,
        count(*) OVER (PARTITION BY gap.person_id, gap.item_id) AS gap_months
    FROM gap
    INNER JOIN delivered USING (item_id, month)
    INNER JOIN standard
        ON
            gap.item_id = standard.item_id
            AND gap.month BETWEEN standard.from_month AND coalesce(standard.to_month, 99999)
    LEFT JOIN paid
        ON gap.person_id = paid.person_id AND gap.register_name = paid.register_name AND gap.month = paid.month
    LEFT JOIN attempted
        ON
            gap.person_id = attempted.person_id AND gap.item_id = attempted.item_id
            AND gap.month BETWEEN attempted.service_from AND attempted.service_to
    WHERE
        paid.person_id IS NULL AND attempted.person_id IS NULL
        AND NOT EXISTS (
            SELECT 1 FROM payment_net AS later
            WHERE
                later.person_id = gap.person_id AND later.item_id = gap.item_id AND later.from_month > gap.month
                AND regexp_matches(coalesce(later.purpose, ''), '补发|补差|合并')
        )
    GROUP BY gap.person_id, gap.item_id, gap.month
)

SELECT person_id, item_id, month, rate_fen AS amount_fen, enrolment_row
FROM owed
WHERE gap_months >= $least_months
