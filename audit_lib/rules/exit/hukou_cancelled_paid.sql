---
id: HUKOU_CANCELLED_PAID
title: 户口注销后仍领取补贴
family: exit
problem: not_exited
kind: LOSS
track: problem
severity: 中
owner: item
matter: [item_id]
needs: [payment.person_id, payment.service_from, hukou.person_id]
needs_somewhere: [hukou.cancelled_on, hukou.cancel_reason]
tolerances:
  grace_months: {type: int, default: 0, min: 0, max: 24, says: 注销当月之后再宽限的月数(项目自身的宽限另加)}
basis: [B16, B17]
statement: "{name}户口于{cancelled_on}因“{cancel_reason}”注销，{first_month}至{last_month}仍领取{item}{months}个月，共{amount}元。{clock}"
疑点情形: 户口因参军提干、出国定居等(不是死亡、迁移)注销，注销次月起仍领取以本区户口为条件的补贴
不算疑点:
  - 注销当月的补贴
  - 因死亡、失踪、迁出注销，另有规则
  - 重复户口、登记错误的清理，本人另有有效户口
  - 义务兵应征入伍(保留部分权益)
  - 没有写明注销原因
  - 不以户口为条件的项目，以及水库移民直补
  - 一笔发给全家多人的补贴，只算注销者一人的份额
核实办法: 向公安机关核对注销日期和原因；核对项目文件是否以本区户口为条件；确认后停发并追回注销次月以后的补贴
---
SELECT
    paid_share.person_id, paid_share.item_id, paid_share.month,
    CASE
        WHEN survivor.household_no IS NULL OR paid_share.month <= survivor.until_month THEN paid_share.share_fen
        ELSE paid_share.amount_fen
    END AS amount_fen,
    paid_share.payment_row, gone.hukou_row, gone.cancelled_on, gone.cancel_reason,
    gone.cancelled_on AS event_on, '公安户籍注销登记' AS event_source, item.grace_months + $grace_months AS grace,
    gone.cancel_month + 1 + item.grace_months + $grace_months AS wrong_month
FROM paid_share
INNER JOIN hukou_cancelled AS gone USING (person_id)
INNER JOIN item USING (item_id)
LEFT JOIN household_survivor AS survivor USING (person_id)
LEFT JOIN death_best ON paid_share.person_id = death_best.person_id AND paid_share.month > death_best.death_month
WHERE
    item.hukou_required AND coalesce(item.register_name, '') <> 'resettler'
    AND (NOT regexp_matches(gone.cancel_reason, '参军|入伍|服兵役|应征|义务兵') OR regexp_matches(gone.cancel_reason, '提干|军官'))
    AND paid_share.month > gone.cancel_month + item.grace_months + $grace_months
    AND death_best.person_id IS NULL
