---
id: ID_NAME_MISMATCH
title: 姓名与证号不符
family: identity
problem: data_quality
kind: EXPOSURE
track: management
severity: 中
owner: item
matter: [item_id]
needs: [payment.person_id, payment.service_from, hukou.person_id]
tolerances: {}
basis: [B14, B17]
statement: "{name}领取{item}{amount}元所用的身份证号，户籍登记在另一姓名之下"
疑点情形: 领款人的有效身份证号在户籍中属于另一姓名，且不是曾用名、同音形近字等写法出入
不算疑点:
  - 曾用名、同音字、形近字、缺一字的写法
  - 号码在户籍中查不到，另按查无此人核查
  - 发放失败、已冲销的
核实办法: 核对身份证和户口簿；属号码录错的改正，属冒用的移交；改正后重新比对各名册
---
SELECT
    paid_month.person_id, paid_month.item_id, paid_month.month, paid_month.amount_fen, paid_month.payment_row, 'A' AS tier,
    owner.hukou_row
FROM paid_month
INNER JOIN misnamed_person AS owner USING (person_id)
WHERE owner.hukou_row IS NOT NULL
