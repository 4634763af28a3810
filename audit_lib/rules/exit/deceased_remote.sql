---
id: DECEASED_REMOTE
title: 异地死亡未退出
family: exit
problem: not_exited
kind: LOSS
track: problem
severity: 高
owner: 公安
matter: [item_id]
needs: [payment.person_id, payment.service_from, death.person_id, death.died_on]
helps: [death.death_place, hukou.household_no]
tolerances:
  grace_months: {type: int, default: 0, min: 0, max: 24, says: 死亡当月之后再宽限的月数(项目自身的宽限另加)}
basis: [B1, B9]
statement: "{name}于{died_on}在{death_place}死亡(本地公安、殡仪馆均无记录)，{first_month}至{last_month}仍领取{item}{months}个月，共{amount}元。{clock}"
疑点情形: 死亡只见于外地或上级(医保社保、法院、上级下发)的记录，本地公安、殡仪馆没有登记，死亡次月起仍有成功发放的补贴；同一笔钱也列入“死亡后仍领取补贴”，合计时只算一次
不算疑点:
  - 死亡当月的补贴；按年享受的项目，死亡当年的补贴
  - 本地公安或殡仪馆已有死亡登记，只适用“死亡后仍领取补贴”
  - 死在本地，只有医院或村的记录
  - 身份证号不能完全确定的人(只用确定的匹配)
  - 可在死亡后发放的项目、水库移民直补、户内还有在世成员的到户项目
  - 死亡登记互相矛盾，转“死亡信息矛盾”核实
核实办法: 请上级或死亡地公安、医保部门出具死亡证明；核对是否同名同号误记；确认后停发追回，并由派出所补办注销
---
WITH far_place AS (
    SELECT death.death_row
    FROM death
    INNER JOIN province ON contains(death.death_place, province.name)
    WHERE province.code NOT IN (SELECT substr(code, 1, 2) FROM area_code)
),

seen AS (
    SELECT
        person_id,
        bool_or(source IN ('police', 'crematorium')) AS is_known_here,
        bool_and(
            coalesce(source IN ('insurance', 'court', 'higher'), FALSE)
            OR regexp_matches(coalesce(death_place, ''), '外地|异地|省外|市外|县外|区外|外省|外县')
            OR death_row IN (SELECT death_row FROM far_place)
        ) AS is_far,
        bool_and(link_tier = 'A') AS is_sure
    FROM death
    WHERE person_id IS NOT NULL
    GROUP BY person_id
)

SELECT
    late.person_id, late.item_id, late.month, late.amount_fen, late.payment_row, late.death_row, late.died_on,
    coalesce(death.death_place, '外地') AS death_place, late.died_on AS event_on, late.event_source, late.grace_months + $grace_months AS grace,
    late.wrong_month + $grace_months AS wrong_month
FROM paid_after_death AS late
INNER JOIN seen ON late.person_id = seen.person_id AND seen.is_far AND seen.is_sure AND NOT seen.is_known_here
INNER JOIN death ON late.death_row = death.death_row
INNER JOIN payment ON late.payment_row = payment.payment_row AND payment.link_tier = 'A'
WHERE late.month >= late.wrong_month + $grace_months
