---
id: ID_SHARED
title: 一证多名
family: identity
problem: data_quality
kind: EXPOSURE
track: problem
severity: 中
owner: item
matter: []
needs: [payment.person_id, payment.service_from]
tolerances: {}
basis: [B14, B9]
statement: "{name}与另一人用同一身份证号领取补贴，其中以{name}之名领取{amount}元"
疑点情形: 一个有效身份证号在发放明细中对应两个以上完全不同的姓名
不算疑点:
  - 曾用名、同音字、形近字、缺一字的写法
  - 另一姓名只出现在名册中，没有领取补贴
核实办法: 以公安登记的姓名为准；核对另一姓名领取的款项由谁审批、由谁实际得到
---
SELECT
    paid_month.person_id, paid_month.item_id, paid_month.month, paid_month.amount_fen, paid_month.payment_row, 'A' AS tier,
    paid_owner.payment_row AS other_payment_row
FROM paid_month
INNER JOIN misnamed_person USING (person_id)
INNER JOIN (
    SELECT person_id, min(payment_row) AS payment_row FROM payment_net GROUP BY person_id
) AS paid_owner ON misnamed_person.owner_id = paid_owner.person_id
