---
id: STUDENT_NOT_ENROLLED
title: 非在籍学生领取资助
family: scope
problem: over_scope
kind: LOSS
track: problem
severity: 中
owner: 教体局
matter: [item_id]
needs: [payment.person_id, payment.service_from, enrolment.person_id, enrolment.register]
needs_somewhere: [enrolment.stop_on]
tolerances: {}
basis: [B16]
statement: "{name}学籍已于{event_on}终止({stop_reason})，仍领取{first_month}至{last_month}的{item}，共{amount}元。{clock}"
疑点情形: 学生学籍已终止(毕业、退学、辍学、转出等)，之后开学的学期仍领取学生资助，整学期资助为疑点金额
不算疑点:
  - 学籍终止所在的学期
  - 休学保留学籍
  - 转学后在新学校另有在籍记录
  - 升学后另有在籍记录
  - 从未在学生名册中的人，适用“名册外人员领取补贴”
核实办法: 查学籍系统的在籍状态和异动日期；核对学校发放花名册；确认不在籍的追回该学期资助
---
WITH last_entry AS (
    SELECT
        person_id, enrolment_row, to_month, least(stop_on, ended_on) AS event_on,
        coalesce(stop_reason, '未写明原因') AS stop_reason,
        row_number() OVER (PARTITION BY person_id ORDER BY to_month DESC, enrolment_row) AS place
    FROM enrolled
    WHERE register = 'student'
)

SELECT
    paid_month.person_id, paid_month.item_id, paid_month.month, paid_month.amount_fen, paid_month.payment_row,
    last_entry.enrolment_row, last_entry.event_on, last_entry.stop_reason, '学籍名册' AS event_source, 0 AS grace,
    last_entry.to_month + 1 AS wrong_month
FROM paid_month
INNER JOIN payment_net USING (payment_row)
INNER JOIN item ON paid_month.item_id = item.item_id AND item.register_name = 'student'
INNER JOIN last_entry ON paid_month.person_id = last_entry.person_id AND last_entry.place = 1
WHERE
    payment_net.from_month > last_entry.to_month
    AND NOT regexp_matches(last_entry.stop_reason, '休学')
