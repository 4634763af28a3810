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
helps: [staff.started_on]
tolerances:
  grace_months: {type: int, default: 0, min: 0, max: 24, says: 次年1月之后再宽限的月数}
basis: [B6]
statement: "{name}于{event_on}{event}，自次年1月起应核减，{first_month}至{last_month}仍领取{item}{months}个月，共{amount}元"
疑点情形: 水库移民死亡或被录用为机关事业单位在编人员，自次年1月1日起仍领取后期扶持直补
不算疑点:
  - 死亡或录用当年的补贴
  - 村干部、公益岗位等非在编人员
  - 死亡登记互相矛盾，转“死亡信息矛盾”核实
核实办法: 核对死亡证明或录用文件的日期；核对移民人口核减台账；确认后自次年1月起核减并追回
---
WITH reduction AS (
    SELECT
        person_id, died_on AS event_on, '死亡' AS event,
        death_row, CAST(NULL AS BIGINT) AS staff_row, 99999 AS to_month
    FROM death_best
    UNION ALL
    SELECT
        person_id, started_on AS event_on, '被录用为在编人员' AS event,
        CAST(NULL AS BIGINT) AS death_row, staff_row, to_month
    FROM on_payroll
    WHERE NOT is_retired AND started_on IS NOT NULL AND link_tier <> 'C'
),

first_reduction AS (
    SELECT
        reduction.*,
        row_number() OVER (PARTITION BY person_id ORDER BY event_on, death_row, staff_row) AS place
    FROM reduction
)

SELECT
    paid_month.person_id, paid_month.item_id, paid_month.month, paid_month.amount_fen, paid_month.payment_row,
    first_reduction.death_row, first_reduction.staff_row, first_reduction.event_on, first_reduction.event
FROM paid_month
INNER JOIN item ON paid_month.item_id = item.item_id AND item.register_name = 'resettler'
INNER JOIN first_reduction
    ON
        paid_month.person_id = first_reduction.person_id AND first_reduction.place = 1
        AND paid_month.month >= (year(first_reduction.event_on) + 1) * 12 + item.grace_months + $grace_months
        AND paid_month.month <= first_reduction.to_month
