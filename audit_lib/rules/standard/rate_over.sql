---
id: RATE_OVER
title: 超标准发放
family: standard
problem: over_scope
kind: LOSS
track: problem
severity: 中
owner: item
matter: [item_id]
needs: [payment.service_from]
helps: [enrolment.class]
tolerances:
  tolerance_fen: {type: int, default: 1, min: 0, max: 100000, says: 不计的差额(分)}
basis: [B9, B16]
statement: "{name}{first_month}至{last_month}领取{item}超过标准，应发{due_fen}元的实发{paid_fen}元，共超发{amount}元"
疑点情形: 实发金额超过按所属月份、类别和数量计算的标准
不算疑点:
  - 提标后的补差、补发
  - 随低保发放的价格临时补贴
  - 类别调整当月按较高类别发放
  - 尾差在容许范围内
  - 类别不明的按最高标准衡量
  - 混淆发放类别的款项
核实办法: 核对标准文件和类别审批；核对是否包含补发款；确认超发的追回差额
---
SELECT
    payment_due.person_id, payment_due.item_id, payment_due.month,
    CAST(payment_due.paid_fen - payment_due.due_fen AS BIGINT) AS amount_fen, payment_due.payment_row,
    CAST(payment_due.due_fen AS BIGINT) AS due_fen, payment_due.paid_fen
FROM payment_due
LEFT JOIN misbooked USING (payment_row)
WHERE
    payment_due.paid_fen - payment_due.due_fen > $tolerance_fen
    AND misbooked.payment_row IS NULL
    AND payment_due.person_id IS NOT NULL
    AND NOT regexp_matches(coalesce(payment_due.purpose, ''), '补差|补发|差额|价格|物价')
