---
id: ID_NOT_FOUND
title: 户籍库查无此人
family: identity
problem: data_quality
kind: EXPOSURE
track: problem
severity: 中
owner: 公安
matter: [item_id]
needs: [payment.person_id, payment.service_from, payment.id_status, hukou.person_id]
needs_somewhere: [hukou.cancelled_on]
tolerances: {}
basis: [B14, B17]
statement: "{name}领取{item}{amount}元，其身份证号属本区编码，户籍库(含注销人员)查无此人"
疑点情形: 领款人的身份证号有效且属本区编码，而包括迁出、注销人员的户籍数据中没有此号
不算疑点:
  - 户籍在外地的嫁入人员等(号码不属本区编码)
  - 已迁出、已注销、已死亡，在户籍或死亡登记中有记录的人
  - 号码无效的，另按身份证号无效核查
  - 户籍数据不含注销人员时不作判断
核实办法: 请公安机关按号码和姓名检索；确属虚构的查明由谁申报、款项去向
---
SELECT
    paid_month.person_id, paid_month.item_id, paid_month.month, paid_month.amount_fen, paid_month.payment_row
FROM paid_month
INNER JOIN payment_net USING (payment_row)
INNER JOIN person ON paid_month.person_id = person.person_id
LEFT JOIN misnamed_person ON paid_month.person_id = misnamed_person.person_id
WHERE
    NOT person.in_hukou AND payment_net.id_status = 'valid' AND payment_net.link_tier = 'A'
    AND misnamed_person.person_id IS NULL
    AND substr(person.id_masked, 1, 6) IN (SELECT code FROM area_code)
    AND paid_month.person_id NOT IN (SELECT person_id FROM death WHERE person_id IS NOT NULL)
