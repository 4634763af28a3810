---
id: SHARED_CONTACT
title: 同一电话多户使用
family: anomaly
problem: data_quality
kind: NONE
track: management
severity: 低
owner: 财政所
matter: [phone_key]
needs: [payment.person_id, payment.service_from]
needs_somewhere: [payment.phone]
helps: [hukou.household_no]
tolerances:
  least_people: {type: int, default: 5, min: 2, max: 1000, says: 同一电话的领款人数}
  least_households: {type: int, default: 3, min: 2, max: 1000, says: 涉及的户数}
basis: [B10, B18]
statement: "一个联系电话登记在{households}户{people}名领款人名下"
疑点情形: 五名以上、分属三户以上的领款人留同一联系电话
不算疑点:
  - 一家人共用电话
  - 人数、户数未达到的
核实办法: 回拨核实是否本人或亲属；属经办人代填的改正，属一人掌握多卡的移交核查
---
WITH contact AS (
    SELECT DISTINCT
        payment_net.phone, payment_net.person_id, coalesce(home.household_no, payment_net.person_id) AS household_no
    FROM payment_net
    LEFT JOIN home USING (person_id)
    WHERE length(payment_net.phone) >= 7 AND payment_net.link_tier <> 'C'
),

shared AS (
    SELECT phone, count(*) AS people, count(DISTINCT household_no) AS households
    FROM contact
    GROUP BY phone
    HAVING count(*) >= $least_people AND count(DISTINCT household_no) >= $least_households
),

first_payment AS (
    SELECT phone, person_id, min(payment_row) AS payment_row FROM payment_net GROUP BY phone, person_id
)

SELECT
    CAST(NULL AS VARCHAR) AS person_id, CAST(NULL AS VARCHAR) AS item_id, payment_net.from_month AS month,
    CAST(0 AS BIGINT) AS amount_fen, payment_net.payment_row, payment_net.town_id, payment_net.village_id,
    concat(substr(shared.phone, 1, 3), '****', substr(md5(shared.phone), 1, 8)) AS phone_key,
    shared.people, shared.households
FROM shared
INNER JOIN first_payment USING (phone)
INNER JOIN payment_net USING (payment_row)
