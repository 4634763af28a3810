---
id: MUST_IN_SYSTEM_MISSING
title: 应纳未纳
family: channel
problem: off_system
kind: EXPOSURE
track: management
severity: 中
owner: item
matter: [item_id, town_id, year]
needs: [payment.service_from, payment.channel]
tolerances: {}
basis: [B10, B11]
statement: "{town}{year}年应纳入系统的{item}有{amount}元在系统外发放"
疑点情形: 规定必须纳入“一本通”系统的项目，仍在系统外发放或以现金发放
不算疑点:
  - 经系统发放的
  - 不属于应纳尽纳的项目
  - 发放失败、已冲销的
核实办法: 核对系统外发放的批次和原因；限期纳入系统；以现金发放的核对签领手续
---
SELECT
    CAST(NULL AS VARCHAR) AS person_id, payment_net.item_id, payment_net.from_month AS month,
    payment_net.amount_fen, payment_net.payment_row, payment_net.town_id, payment_net.from_month // 12 AS year
FROM payment_net
INNER JOIN item USING (item_id)
WHERE payment_net.channel IN ('off_system', 'cash') AND item.must_in_system
