---
id: PROPERTY_MULTI
title: 家庭有多套房或商品房、商铺
family: wealth
problem: over_scope
kind: LOSS
track: problem
severity: 中
owner: 不动产登记中心、规划建设局
matter: [item_id]
needs: [payment.person_id, payment.service_from, property.person_id, property.registered_on]
helps: [hukou.household_no, property.property_kind, property.acquired_by]
tolerances:
  homes: {type: int, default: 2, min: 1, max: 5, says: 家庭住房达到几套即为疑点}
basis: [B2, B16]
statement: "{name}家庭有{reason}({address})，{first_month}至{last_month}仍领取{item}{months}个月，共{amount}元(待入户核实)"
疑点情形: 共同生活的家庭有两套及以上住房，或有商品房、商铺，或在享受期间新购住房，登记次月起仍领取只给困难家庭的补贴
不算疑点:
  - 拆迁安置、回迁、置换房
  - 继承、受赠的份额
  - 农村宅基地、自建房，待改造的危房
  - 夫妻共有的同一套房，车位、储藏室
  - 只有一套住房，且不是商品房、不是享受期间新购
  - 登记当月及以前的补贴
  - 疑似身份被盗用者名下的房，不看家庭经济状况的项目，已不再共同生活的成员
核实办法: 调取不动产登记簿和购房合同；入户看房；安置房、未过户的出具证明；确认的按规定退出
---
WITH owned AS (
    SELECT
        needy.*, held.property_row, held.address, held.is_shop, held.is_commercial, member.hukou_row,
        held.is_bought AND EXISTS (
            SELECT 1 FROM covered
            WHERE
                covered.person_id = needy.person_id AND covered.register = needy.register_name
                AND held.from_month > covered.from_month AND held.from_month <= covered.to_month
        ) AS is_new
    FROM needy_payment AS needy
    INNER JOIN co_living AS member ON needy.household_key = member.household_key AND needy.month <= member.until_month
    INNER JOIN estate_held AS held ON member.person_id = held.person_id AND needy.month > held.from_month
    WHERE NOT held.is_weak
)

SELECT
    person_id, item_id, month, amount_fen, payment_row, min(property_row) AS property_row, min(hukou_row) AS hukou_row,
    string_agg(DISTINCT address, '、' ORDER BY address) AS address,
    CASE
        WHEN bool_or(is_shop) THEN '商铺'
        WHEN bool_or(is_commercial) THEN '商品房'
        WHEN bool_or(is_new) THEN '享受期间新购的住房'
        ELSE count(DISTINCT address) || '套住房'
    END AS reason
FROM owned
GROUP BY person_id, item_id, month, amount_fen, payment_row
HAVING bool_or(is_shop OR is_commercial OR is_new) OR count(DISTINCT address) >= $homes
