---
id: DUP_CROSS_TOWN
title: 跨镇跨村重复领取
family: duplicate
problem: over_scope
kind: LOSS
track: problem
severity: 高
owner: item
matter: [item_id]
needs: [payment.person_id, payment.service_from, payment.village_id]
helps: [enrolment.class]
tolerances: {}
basis: [B9, B16]
statement: "{name}{first_month}至{last_month}在两个镇村重复领取{item}{months}个月，重复部分{amount}元"
疑点情形: 同一人同一项目同一月份在两个以上的镇或村都有成功发放，合计超过一份应得
不算疑点:
  - 年中迁移，两地月份不重叠
  - 两个村都有承包地的面积类补贴
  - 失败后在另一地重发
  - 同一村内的重复，另按同期重复核查
核实办法: 两地镇政府共同核对资格登记；确认重复的注销一处，追回较小一笔
---
SELECT
    repeated_month.person_id, repeated_month.item_id, repeated_month.month, repeated_month.amount_fen,
    repeated_month.payment_row, repeated_month.kept_row AS other_payment_row
FROM repeated_month
INNER JOIN payment_net AS here ON repeated_month.payment_row = here.payment_row
INNER JOIN payment_net AS there ON repeated_month.kept_row = there.payment_row
WHERE here.town_id <> there.town_id OR here.village_id <> there.village_id
