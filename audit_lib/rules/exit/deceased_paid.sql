---
id: DECEASED_PAID
title: 死亡后仍领取补贴
family: exit
problem: not_exited
kind: LOSS
track: problem
severity: 高
owner: item
matter: [item_id]
needs: [payment.person_id, payment.service_from, death.person_id, death.died_on]
helps: [hukou.household_no]
tolerances:
  grace_months: {type: int, default: 0, min: 0, max: 24, says: 死亡当月之后再宽限的月数(项目自身的宽限另加)}
basis: [B1, B2, B9, B16, B17]
statement: "{name}于{died_on}死亡，{first_month}至{last_month}仍领取{item}{months}个月，共{amount}元。{clock}"
疑点情形: 死亡登记显示本人已死亡，死亡次月起(按年享受的项目为次年1月起)仍有成功发放的补贴
不算疑点:
  - 死亡当月的补贴，以及死亡前月份的补贴在死亡后补发
  - 按规定可在死亡后发放的项目(丧葬补助、医疗救助等)
  - 到户项目，户内还有其他在世成员
  - 按年享受的项目，死亡当年的补贴
  - 死亡登记互相矛盾(相差超过31天或早于出生)，转“死亡信息矛盾”核实
  - 水库移民直补，适用“移民应核减未核减”
  - 一笔发给全家多人的补贴，只算死者一人的份额，其他在世成员的份额不算
核实办法: 调取火化证明、死亡医学证明或户口注销证明核对死亡日期；核对发放流水与账户支取；确认后自次月起停发并追回，已从丧葬补助中抵扣的登记为追缴
---
SELECT
    person_id, item_id, month, amount_fen, payment_row, death_row, died_on, died_on AS event_on, event_source,
    grace_months + $grace_months AS grace, wrong_month + $grace_months AS wrong_month
FROM paid_after_death
WHERE month >= wrong_month + $grace_months
