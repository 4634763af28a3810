---
id: VEHICLE_OWNER
title: 家庭成员名下有机动车
family: wealth
problem: over_scope
kind: LOSS
track: problem
severity: 中
owner: 车管所
matter: [item_id]
needs: [payment.person_id, payment.service_from, vehicle.person_id, vehicle.registered_on]
helps: [hukou.household_no, vehicle.vehicle_status, vehicle.plate_kind]
tolerances:
  displacement: {type: number, default: 0, min: 0, max: 10, says: 排量(升)不超过该值的不算，不知道排量的照算}
  value_yuan: {type: number, default: 0, min: 0, max: 1000000, says: 价值(元)不超过该值的不算，不知道价值的照算}
basis: [B2, B16]
statement: "{name}家庭的{owner}自{registered_on}起名下有{car}，{first_month}至{last_month}仍领取{item}{months}个月，共{amount}元(待入户核实)"
疑点情形: 共同生活的家庭成员名下有在用的小客车、越野车、面包车，登记次月起家庭仍领取只给困难家庭的补贴
不算疑点:
  - 农用车、低速车、三轮车、拖拉机、摩托车、货车
  - 残疾人专用车
  - 已报废、注销、转移、过户的车，以及转移报废后的月份
  - 登记当月及以前的补贴
  - 排量、价值都知道且不超过当地限额
  - 疑似身份被盗用者名下的车
  - 不看家庭经济状况的项目，已不再共同生活的成员
核实办法: 到车管所查档，入户看车、问来源和用途；卖出未过户的出具协议；确认自用的按规定退出
---
SELECT
    needy.person_id, needy.item_id, needy.month, needy.amount_fen, needy.payment_row,
    min(held.vehicle_row) AS vehicle_row, min(member.hukou_row) AS hukou_row, min(held.registered_on) AS registered_on,
    string_agg(DISTINCT held.car, '、' ORDER BY held.car) AS car,
    string_agg(DISTINCT person.name_masked, '、' ORDER BY person.name_masked) AS owner
FROM needy_payment AS needy
INNER JOIN co_living AS member ON needy.household_key = member.household_key AND needy.month <= member.until_month
INNER JOIN car_held AS held
    ON member.person_id = held.person_id AND needy.month > held.from_month AND needy.month <= held.to_month
INNER JOIN person ON held.person_id = person.person_id
WHERE
    NOT held.is_weak
    AND coalesce(held.displacement > $displacement, TRUE)
    AND coalesce(held.value_fen > $value_yuan * 100, TRUE)
GROUP BY needy.person_id, needy.item_id, needy.month, needy.amount_fen, needy.payment_row
