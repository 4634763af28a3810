---
id: DUP_SAME_PERIOD
title: 同一项目同一时期重复领取
family: duplicate
problem: over_scope
kind: LOSS
track: problem
severity: 高
owner: item
matter: [item_id]
needs: [payment.person_id, payment.service_from]
helps: [enrolment.class]
tolerances: {}
basis: [B9, B16]
statement: "{name}{first_month}至{last_month}在同一时期重复领取{item}{months}个月，重复部分{amount}元"
疑点情形: 同一人同一项目同一月份有两笔以上成功发放，合计超过一份应得
不算疑点:
  - 失败后重发
  - 提标后的补差、补发差额
  - 一份补贴分次拨付(合计不超过标准，面积类不超过面积乘标准)
  - 不同村或不同地块的面积类补贴
  - 按次救助的项目，同月有两次不同的救助
  - 混淆发放类别的款项
核实办法: 核对两笔发放的批次与审批；核对是否为补差或分次拨付；确认重复的追回较小一笔
---
SELECT person_id, item_id, month, amount_fen, payment_row, kept_row AS other_payment_row
FROM repeated_month
WHERE place > 1
