---
id: EMPLOYEE_PENSION
title: 家庭成员领取职工养老金或在职参保
family: wealth
problem: over_scope
kind: LOSS
track: problem
severity: 中
owner: 人社局
matter: [item_id]
needs: [payment.person_id, payment.service_from, social_ins.person_id, social_ins.scheme]
helps: [hukou.household_no, social_ins.ins_status, social_ins.unit]
tolerances:
  factor: {type: number, default: 1.0, min: 0.5, max: 5, says: 月养老金达到低保标准的倍数}
  months: {type: int, default: 3, min: 1, max: 24, says: 参保或领取待遇至少连续几个月}
basis: [B2]
statement: "{name}家庭的{owner}{reason}，{first_month}至{last_month}仍领取{item}{months}个月，共{amount}元(待入户核实)"
疑点情形: 共同生活的家庭成员领取职工养老金且不低于低保标准，或由单位在职参加职工养老保险，期间仍领取只给困难家庭的补贴
不算疑点:
  - 城乡居民养老保险
  - 灵活就业人员自己缴费
  - 已停保、中断、终止的参保
  - 职工养老金低于低保标准
  - 参保或领取待遇起止以外的月份，以及前后不足三个月的短工
  - 疑似身份被盗用者名下的参保，不看家庭经济状况的项目，已不再共同生活的成员
核实办法: 查社保待遇发放和缴费记录、参保单位；入户核实收入；确认超过标准的按规定退出
---
SELECT
    needy.person_id, needy.item_id, needy.month, needy.amount_fen, needy.payment_row,
    min(insured.social_ins_row) AS social_ins_row, min(member.hukou_row) AS hukou_row,
    string_agg(DISTINCT person.name_masked, '、' ORDER BY person.name_masked) AS owner,
    CASE WHEN max(insured.pension_fen) > 0 THEN '领取职工养老金' ELSE '由单位参加职工养老保险' END AS reason
FROM needy_payment AS needy
INNER JOIN co_living AS member ON needy.household_key = member.household_key AND needy.month <= member.until_month
INNER JOIN employee_insured AS insured
    ON member.person_id = insured.person_id AND needy.month >= insured.from_month AND needy.month <= insured.to_month
INNER JOIN person ON insured.person_id = person.person_id
LEFT JOIN needy_line ON needy.item_id = needy_line.item_id AND needy.month = needy_line.month
WHERE
    insured.to_month - insured.from_month + 1 >= $months
    AND (insured.pension_fen = 0 OR insured.pension_fen >= needy_line.line_fen * $factor)
GROUP BY needy.person_id, needy.item_id, needy.month, needy.amount_fen, needy.payment_row
