---
id: IDENTITY_THEFT_SUSPECT
title: 疑似身份被盗用
family: identity
problem: identity_theft
kind: NONE
track: protective
severity: 低
owner: 公安、市场监管、税务、车管
matter: []
needs: [payment.person_id]
helps: [company.registered_on, vehicle.registered_on, tax.tax_year, death.died_on, custody.started_on, enrolment.class]
tolerances: {}
basis: [B19]
statement: "{name}名下的{asset_kind}({asset_name})疑似被他人冒用：{signal_text}；核实前不得据此停发补贴"
疑点情形: 享受补贴的人员名下有企业、车辆或纳税申报，而本人当时已死亡、服刑、未成年、高龄、重度残疾或聋哑，或登记在从未居住过的外省
不算疑点:
  - 农民专业合作社成员、农用车、摩托车
  - 已注销、吊销、报废、转移的
  - 身体健全的成年人在本地登记的企业、车辆
  - 没有领取补贴、也不在任何名册中的人
核实办法: 向登记机关调取登记材料和签名；由本人书面说明；确认被冒用的，由登记机关撤销登记，民政部门出具说明，补贴不停
---
SELECT
    theft_signal.person_id, CAST(NULL AS VARCHAR) AS item_id,
    year(theft_signal.since_on) * 12 + month(theft_signal.since_on) - 1 AS month, 0 AS amount_fen,
    theft_signal.company_row, theft_signal.vehicle_row, theft_signal.tax_row,
    theft_signal.death_row, theft_signal.custody_row, theft_signal.enrolment_row,
    theft_signal.asset_kind, coalesce(theft_signal.asset_name, '名称不详') AS asset_name, theft_signal.signal_text
FROM theft_signal
WHERE
    theft_signal.person_id IN (SELECT person_id FROM payment_net)
    OR theft_signal.person_id IN (SELECT person_id FROM enrolled)
