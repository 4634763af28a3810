---
id: PERIOD_OUT_OF_RANGE
title: 所属期不在审计年度内
family: quality
problem: data_quality
kind: NONE
track: management
severity: 低
owner: item
matter: [item_id]
needs: [payment.service_from, payment.person_id]
tolerances: {}
basis: [B11]
statement: "{name}的{item}所属期{first_month}至{last_month}不在审计年度内，涉及{amount}元，单列不计入审计年度"
疑点情形: 发放明细的所属期在审计年度以外(追溯或延伸)
不算疑点:
  - 所属期在审计年度内
  - 在审计年度内开始、跨到次年的一笔(如秋季学期)
  - 以前年度应发、以后补发的款项(摘要写明补发)
  - 发放失败、已冲销的
核实办法: 核对所属期是否填写错误；属追溯或延伸的单列说明
---
SELECT paid_month.person_id, paid_month.item_id, paid_month.month, paid_month.amount_fen, paid_month.payment_row
FROM paid_month
INNER JOIN payment_net USING (payment_row)
WHERE
    (payment_net.from_month < $audit_from OR payment_net.from_month > $audit_to)
    AND (paid_month.month < $audit_from OR paid_month.month > $audit_to)
    AND paid_month.person_id IS NOT NULL
    AND NOT regexp_matches(coalesce(payment_net.purpose, ''), '补发|补差')
