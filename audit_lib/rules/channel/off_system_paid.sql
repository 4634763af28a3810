---
id: OFF_SYSTEM_PAID
title: 未通过系统发放
family: channel
problem: off_system
kind: EXPOSURE
track: management
severity: 低
owner: item
matter: [item_id, town_id, year]
needs: [payment.service_from, payment.channel]
tolerances: {}
basis: [B10, B11]
statement: "{town}{year}年{item}在“一本通”系统外发放{amount}元"
疑点情形: 补贴不经“一本通”系统发放(系统外转账或现金)
不算疑点:
  - 经系统发放的
  - 应纳尽纳项目，适用“应纳未纳”
  - 发放失败、已冲销的
核实办法: 逐项说明不经系统发放的原因，制定纳入系统的计划；属管理提示，不涉及追缴
---
SELECT
    CAST(NULL AS VARCHAR) AS person_id, payment_net.item_id, payment_net.from_month AS month,
    payment_net.amount_fen, payment_net.payment_row, payment_net.town_id, payment_net.from_month // 12 AS year
FROM payment_net
INNER JOIN item USING (item_id)
WHERE payment_net.channel IN ('off_system', 'cash') AND NOT item.must_in_system
