---
id: VILLAGE_EQUAL_SHARE
title: 救助款平均分配
family: standard
problem: data_quality
kind: EXPOSURE
track: management
severity: 中
owner: item
matter: [item_id, village_id, year]
needs: [payment.person_id, payment.service_from, payment.village_id]
tolerances:
  share_percent: {type: number, default: 80, min: 50, max: 100, says: 同额人数占全村领取人数的百分比}
  least_people: {type: int, default: 10, min: 3, max: 1000, says: 领取人数不足此数的村不看}
basis: [B1, B9]
statement: "{town}一村{year}年{people}人领取{item}，其中{alike}人金额相同，全村共{amount}元，疑似平均分配"
疑点情形: 按困难程度救助的项目，一村八成以上领取人金额相同
不算疑点:
  - 有固定标准、本应同额的项目
  - 领取人数很少的村
  - 同额人数不足八成
核实办法: 抽查评议记录和入户核查；询问领取人是否按困难程度评定
---
WITH relief AS (
    SELECT payment_net.*, payment_net.from_month // 12 AS year
    FROM payment_net
    INNER JOIN item USING (item_id)
    LEFT JOIN misbooked USING (payment_row)
    WHERE
        item.freq = 'event' AND item.item_id NOT IN (SELECT item_id FROM standard)
        AND payment_net.person_id IS NOT NULL
        AND payment_net.amount_fen > 0 AND misbooked.payment_row IS NULL
),

alike AS (
    SELECT item_id, village_id, year, amount_fen, count(DISTINCT person_id) AS people
    FROM relief
    GROUP BY item_id, village_id, year, amount_fen
),

village AS (
    SELECT item_id, village_id, year, count(DISTINCT person_id) AS people
    FROM relief
    GROUP BY item_id, village_id, year
),

equal_village AS (
    SELECT village.item_id, village.village_id, village.year, village.people, max(alike.people) AS alike
    FROM village
    INNER JOIN alike USING (item_id, village_id, year)
    GROUP BY village.item_id, village.village_id, village.year, village.people
    HAVING village.people >= $least_people AND 100.0 * max(alike.people) / village.people >= $share_percent
)

SELECT
    CAST(NULL AS VARCHAR) AS person_id, relief.item_id, relief.from_month AS month, relief.amount_fen,
    relief.payment_row, relief.town_id, relief.village_id, relief.year, equal_village.people, equal_village.alike
FROM relief
INNER JOIN equal_village USING (item_id, village_id, year)
