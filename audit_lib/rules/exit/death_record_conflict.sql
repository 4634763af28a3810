---
id: DEATH_RECORD_CONFLICT
title: 死亡信息矛盾
family: exit
problem: data_quality
kind: NONE
track: protective
severity: 低
owner: 公安
matter: []
needs: [death.person_id, death.died_on]
tolerances: {}
basis: [B17]
statement: "{name}的死亡登记互相矛盾：最早{first_died_on}，最晚{last_died_on}；核实前不得据此停发补贴"
疑点情形: 各部门登记的死亡日期相差超过31天，或死亡日期早于出生日期(疑似“被死亡”或登错人)
不算疑点:
  - 各来源日期相差不超过31天
  - 只有一个来源且晚于出生日期
  - 身份不能确定的登记
核实办法: 向公安、殡仪馆、医院核对原始证明，必要时入户见人；核实以前不派发“死亡后仍领取”
---
SELECT
    death.person_id, CAST(NULL AS VARCHAR) AS item_id,
    year(death.died_on) * 12 + month(death.died_on) - 1 AS month, 0 AS amount_fen, death.death_row,
    death_conflict.first_died_on, death_conflict.last_died_on
FROM death_conflict
INNER JOIN death USING (person_id)
WHERE death.link_tier <> 'C' AND death.died_on IS NOT NULL
