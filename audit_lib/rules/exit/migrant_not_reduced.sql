---
id: MIGRANT_NOT_REDUCED
title: 水库移民应核减未核减
family: exit
problem: not_exited
kind: LOSS
track: problem
severity: 中
owner: item
matter: [item_id]
needs: [payment.person_id, payment.service_from, death.person_id, death.died_on]
helps: [staff.started_on, custody.started_on, hukou.cancel_reason]
tolerances:
  grace_months: {type: int, default: 0, min: 0, max: 24, says: 次年1月之后再宽限的月数}
basis: [B6]
statement: "{name}于{event_on}{event}，自次年1月起应核减，{first_month}至{last_month}仍领取{item}{months}个月，共{amount}元。{clock}"
疑点情形: 水库移民死亡、被录用为机关事业单位在编人员、提干或收监服刑，自次年1月1日起仍领取后期扶持直补
不算疑点:
  - 死亡、录用、提干、收监当年的补贴
  - 村干部、公益岗位等非在编人员
  - 死亡登记互相矛盾，转“死亡信息矛盾”核实
  - 缓刑、社区矫正、取保候审；服刑人员释放当月起重新登记享受
  - 义务兵服役
核实办法: 核对死亡证明、录用或提干文件、收监通知书的日期；核对移民人口核减台账；确认后自次年1月起核减并追回
---
WITH reduction AS (
    SELECT
        person_id, died_on AS event_on, '死亡' AS event, event_source, 99999 AS to_month,
        death_row, CAST(NULL AS BIGINT) AS staff_row, CAST(NULL AS BIGINT) AS custody_row, CAST(NULL AS BIGINT) AS hukou_row
    FROM death_best
    UNION ALL
    SELECT
        person_id, started_on AS event_on, '被录用为在编人员' AS event, '财政供养人员名单' AS event_source, to_month,
        CAST(NULL AS BIGINT) AS death_row, staff_row, CAST(NULL AS BIGINT) AS custody_row, CAST(NULL AS BIGINT) AS hukou_row
    FROM on_payroll
    WHERE NOT is_retired AND link_tier <> 'C'
    UNION ALL
    SELECT
        person_id, started_on AS event_on, '收监服刑' AS event, '司法服刑人员名单' AS event_source, to_month - 1 AS to_month,
        CAST(NULL AS BIGINT) AS death_row, CAST(NULL AS BIGINT) AS staff_row, custody_row, CAST(NULL AS BIGINT) AS hukou_row
    FROM in_custody
    WHERE link_tier <> 'C'
    UNION ALL
    SELECT
        person_id, cancelled_on AS event_on, '参军提干' AS event, '公安户籍注销登记' AS event_source, 99999 AS to_month,
        CAST(NULL AS BIGINT) AS death_row, CAST(NULL AS BIGINT) AS staff_row, CAST(NULL AS BIGINT) AS custody_row, hukou_row
    FROM hukou_cancelled
    WHERE regexp_matches(cancel_reason, '提干|军官')
),

ranked AS (
    SELECT
        reduction.*, paid_month.item_id, paid_month.month, paid_month.amount_fen, paid_month.payment_row,
        item.grace_months + $grace_months AS grace,
        (year(reduction.event_on) + 1) * 12 + item.grace_months + $grace_months AS wrong_month,
        row_number() OVER (
            PARTITION BY paid_month.payment_row, paid_month.month
            ORDER BY
                reduction.event_on, reduction.death_row, reduction.staff_row, reduction.custody_row, reduction.hukou_row
        ) AS place
    FROM paid_month
    INNER JOIN item ON paid_month.item_id = item.item_id AND item.register_name = 'resettler'
    INNER JOIN reduction
        ON
            paid_month.person_id = reduction.person_id
            AND paid_month.month >= (year(reduction.event_on) + 1) * 12 + item.grace_months + $grace_months
            AND paid_month.month <= reduction.to_month
)

SELECT
    person_id, item_id, month, amount_fen, payment_row, death_row, staff_row, custody_row, hukou_row,
    event_on, event, event_source, grace, wrong_month
FROM ranked
WHERE place = 1
