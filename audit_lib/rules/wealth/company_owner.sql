---
id: COMPANY_OWNER
title: 家庭成员名下有公司或个体户
family: wealth
problem: over_scope
kind: LOSS
track: problem
severity: 中
owner: 市场监管局
matter: [item_id]
needs: [payment.person_id, payment.service_from, company.person_id, company.registered_on]
helps: [hukou.household_no]
tolerances: {}
basis: [B2, B3]
statement: "{name}家庭的{owner}自{registered_on}起经营或持股{company_name}，{first_month}至{last_month}仍领取{item}{months}个月，共{amount}元(待入户核实经济状况)"
疑点情形: 共同生活的家庭成员是存续企业的法定代表人、股东或个体工商户经营者，成立次月起家庭仍领取只给困难家庭的补贴；只有个体工商户的列为低
不算疑点:
  - 农民专业合作社、村集体合作社的成员
  - 已注销、吊销、停业、歇业的企业，以及注销后的月份
  - 成立当月及以前的补贴
  - 监事、联络员等不持股的职务
  - 登记在外地的企业，适用“名下有异地企业”
  - 疑似身份被盗用者名下的企业
  - 不看家庭经济状况的项目
  - 已迁出、死亡、不再共同生活的成员
核实办法: 查企业登记档案、实际经营和收入；入户核实家庭经济状况；小本经营、收入低于标准的排除
---
SELECT
    needy.person_id, needy.item_id, needy.month, needy.amount_fen, needy.payment_row,
    min(held.company_row) AS company_row, min(member.hukou_row) AS hukou_row, min(held.registered_on) AS registered_on,
    string_agg(DISTINCT held.company_name, '、' ORDER BY held.company_name) AS company_name,
    string_agg(DISTINCT person.name_masked, '、' ORDER BY person.name_masked) AS owner,
    CASE WHEN bool_and(held.is_shop) THEN '低' ELSE '中' END AS severity
FROM needy_payment AS needy
INNER JOIN co_living AS member ON needy.household_key = member.household_key AND needy.month <= member.until_month
INNER JOIN company_held AS held
    ON member.person_id = held.person_id AND needy.month > held.from_month AND needy.month <= held.to_month
INNER JOIN person ON held.person_id = person.person_id
WHERE NOT held.is_remote AND NOT held.is_weak
GROUP BY needy.person_id, needy.item_id, needy.month, needy.amount_fen, needy.payment_row
