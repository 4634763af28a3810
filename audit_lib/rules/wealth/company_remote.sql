---
id: COMPANY_REMOTE
title: 名下有异地企业，待核实身份
family: wealth
problem: identity_theft
kind: NONE
track: protective
severity: 中
owner: 市场监管局、公安
matter: [item_id]
needs: [payment.person_id, payment.service_from, company.person_id, company.registered_on]
needs_somewhere: [company.region]
helps: [hukou.household_no, social_ins.unit]
tolerances: {}
basis: [B2]
statement: "{name}家庭的{owner}名下有登记在{region}的{company_name}，本人在当地没有居住和参保记录，待核实是否本人办理；{first_month}至{last_month}领取{item}{amount}元，核实前不得据此停发"
疑点情形: 共同生活的家庭成员名下有登记在本市以外的存续企业，而本人在当地没有居住、参保的痕迹；常是身份被冒用，只列待核实身份
不算疑点:
  - 登记在本市的企业，适用“家庭成员名下有公司或个体户”
  - 本人由该企业参保，或户口迁往过当地
  - 登记机关、信用代码都看不出在外地
  - 农民专业合作社，已注销、吊销的企业
  - 成立当月及以前的补贴
  - 已列为疑似身份被盗用的人
核实办法: 请登记地市场监管部门提供登记材料和签名；由本人书面说明；确认被冒用的转公安并撤销登记，补贴不停
---
SELECT
    needy.person_id, needy.item_id, needy.month, needy.amount_fen, needy.payment_row,
    min(held.company_row) AS company_row, min(member.hukou_row) AS hukou_row, string_agg(DISTINCT held.region, '、' ORDER BY held.region) AS region,
    string_agg(DISTINCT held.company_name, '、' ORDER BY held.company_name) AS company_name,
    string_agg(DISTINCT person.name_masked, '、' ORDER BY person.name_masked) AS owner
FROM needy_payment AS needy
INNER JOIN co_living AS member ON needy.household_key = member.household_key AND needy.month <= member.until_month
INNER JOIN company_held AS held
    ON member.person_id = held.person_id AND needy.month > held.from_month AND needy.month <= held.to_month
INNER JOIN person ON held.person_id = person.person_id
WHERE held.is_remote AND NOT held.is_weak
GROUP BY needy.person_id, needy.item_id, needy.month, needy.amount_fen, needy.payment_row
