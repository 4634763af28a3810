---
id: LATE_PAYMENT
title: 补贴迟发
family: timeliness
problem: underpaid
kind: NONE
track: management
severity: 低
owner: item
matter: [item_id, town_id, month]
needs: [payment.paid_on, payment.service_from]
tolerances:
  due_day: {type: int, default: 10, min: 1, max: 28, says: 按月发放的项目应于所属月次月几日前发放}
  monthly_days: {type: int, default: 15, min: 0, max: 180, says: 按月发放的项目超过应发日多少天算迟发}
basis: [B9, B16]
statement: "{town}{first_month}的{item}{payments}笔{late_text}元迟发，最迟晚{days_late}天"
疑点情形: 按月发放的补贴在所属月次月十日之后又超过十五天才发放
不算疑点:
  - 失败后的重发、补发、补差
  - 新批准人员的首次发放
  - 差几天、在容许范围内
  - 按季、按半年、按年发放的项目
核实办法: 核对资金到位、审批和送审日期，查明滞留在哪一环节；系统性迟发的约谈主管部门
---
WITH first_payment AS (
    SELECT person_id, item_id, min(from_month) AS first_month FROM payment_net GROUP BY person_id, item_id
),

timed AS (
    SELECT
        payment_net.payment_row, payment_net.item_id, payment_net.town_id, payment_net.from_month AS month,
        payment_net.amount_fen,
        date_diff(
            'day',
            make_date((payment_net.to_month + 1) // 12, (payment_net.to_month + 1) % 12 + 1, $due_day),
            payment_net.paid_on
        ) AS days_late
    FROM payment_net
    INNER JOIN item USING (item_id)
    LEFT JOIN first_payment
        ON payment_net.person_id = first_payment.person_id AND payment_net.item_id = first_payment.item_id
    WHERE
        item.freq = 'month' AND payment_net.reissue_of IS NULL
        AND coalesce(payment_net.from_month > first_payment.first_month, TRUE)
        AND NOT regexp_matches(coalesce(payment_net.purpose, ''), '补发|补差|重发|差额')
)

SELECT
    CAST(NULL AS VARCHAR) AS person_id, item_id, month, CAST(0 AS BIGINT) AS amount_fen, payment_row, town_id,
    count(*) OVER town_month AS payments,
    CAST(CAST(sum(amount_fen) OVER town_month / 100.0 AS DECIMAL(18, 2)) AS VARCHAR) AS late_text,
    max(days_late) OVER town_month AS days_late
FROM timed
WHERE days_late > $monthly_days
WINDOW town_month AS (PARTITION BY item_id, town_id, month)
