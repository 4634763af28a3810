---
id: DUP_CROSS_CHANNEL
title: 系统内外重复发放
family: duplicate
problem: over_scope
kind: LOSS
track: problem
severity: 高
owner: item
matter: [item_id]
needs: [payment.person_id, payment.service_from, payment.channel]
tolerances: {}
basis: [B9, B10]
statement: "{name}{first_month}至{last_month}的{item}在系统内外各发一次，系统外重复发放{amount}元"
疑点情形: 同一人同一项目同一月份既通过系统发放，又在系统外发放，合计超过一份应得
不算疑点:
  - 系统内发放失败，改由系统外发放
  - 系统外发放的是补差
  - 两笔都在系统内，另按同期重复核查
核实办法: 核对系统外发放的审批和签收；确认重复的追回系统外一笔
---
WITH in_system AS (
    SELECT person_id, item_id, month, coalesce(thing, '') AS thing, min(payment_row) AS payment_row
    FROM repeated_month
    WHERE off_system = 0
    GROUP BY person_id, item_id, month, coalesce(thing, '')
)

SELECT
    outside.person_id, outside.item_id, outside.month, outside.amount_fen, outside.payment_row,
    in_system.payment_row AS other_payment_row
FROM repeated_month AS outside
INNER JOIN in_system
    ON
        outside.person_id = in_system.person_id AND outside.item_id = in_system.item_id
        AND outside.month = in_system.month AND coalesce(outside.thing, '') = in_system.thing
WHERE outside.off_system = 1
