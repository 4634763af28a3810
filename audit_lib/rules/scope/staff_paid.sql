---
id: STAFF_PAID
title: 财政供养人员领取补贴
family: scope
problem: not_exited
kind: LOSS
track: problem
severity: 高
owner: item
matter: [item_id]
needs: [payment.person_id, payment.service_from, staff.person_id, staff.post_kind]
tolerances: {}
basis: [B2, B16]
statement: "{name}系{unit}{post_kind}人员，{first_month}至{last_month}领取{item}{months}个月，共{amount}元"
疑点情形: 机关事业单位在编或退休人员，领取项目文件规定财政供养人员不得享受的补贴
不算疑点:
  - 村干部误工补贴、公益岗位、临时聘用、编外人员、遗属
  - 人人可享受的项目(如耕地地力保护补贴)
  - 入职之前、离职之后的补贴
  - 同名但身份证号不同的人
  - 在编人员的水库移民直补，适用“移民应核减未核减”
核实办法: 向组织、人社部门核对编制与在职起止；核对项目文件是否排除财政供养人员；确认后停发并追回
---
SELECT
    paid_month.person_id, paid_month.item_id, paid_month.month, paid_month.amount_fen,
    paid_month.payment_row, min(on_payroll.staff_row) AS staff_row,
    string_agg(DISTINCT on_payroll.unit, '、' ORDER BY on_payroll.unit) AS unit,
    string_agg(DISTINCT on_payroll.post_kind, '、' ORDER BY on_payroll.post_kind) AS post_kind
FROM paid_month
INNER JOIN item ON paid_month.item_id = item.item_id AND item.staff_forbidden
INNER JOIN on_payroll
    ON
        paid_month.person_id = on_payroll.person_id
        AND paid_month.month BETWEEN on_payroll.from_month AND on_payroll.to_month
WHERE coalesce(item.register_name, '') <> 'resettler' OR on_payroll.is_retired
GROUP BY paid_month.person_id, paid_month.item_id, paid_month.month, paid_month.amount_fen, paid_month.payment_row
