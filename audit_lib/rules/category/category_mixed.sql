---
id: CATEGORY_MIXED
title: 混淆发放类别
family: category
problem: mixed_category
kind: RECLASS
track: problem
severity: 中
owner: item
matter: [item_id, true_item, year, town_id]
needs: [payment.service_from]
needs_somewhere: [payment.purpose]
helps: [enrolment.register]
tolerances: {}
basis: [B10, B9]
statement: "{town}{year}年在{item}名下发放了{true_name}，共{amount}元"
疑点情形: 摘要写明的是另一补贴项目，且金额不是本项目标准的整数倍，或领款人不在本项目名册中
不算疑点:
  - 摘要中有本项目自己的用语
  - 补发本项目全年款项(金额为标准的整数倍且在册)
  - 随低保发放的价格临时补贴等不属于其他项目的款项
核实办法: 调取批次审批文件核对资金性质；核对记账凭证；属混淆类别的调整账目，不向个人追缴
---
SELECT
    CAST(NULL AS VARCHAR) AS person_id, payment_net.item_id, payment_net.from_month AS month,
    payment_net.amount_fen, payment_net.payment_row, misbooked.true_item_id AS true_item,
    true_item.name AS true_name, payment_net.from_month // 12 AS year, payment_net.town_id
FROM payment_net
INNER JOIN misbooked USING (payment_row)
INNER JOIN item AS true_item ON misbooked.true_item_id = true_item.item_id
