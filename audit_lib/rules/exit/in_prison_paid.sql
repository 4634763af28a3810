---
id: IN_PRISON_PAID
title: 服刑人员领取补贴
family: exit
problem: not_exited
kind: LOSS
track: problem
severity: 高
owner: 公安、司法、社会事业局
matter: [item_id]
needs: [payment.person_id, payment.service_from, custody.person_id, custody.started_on]
helps: [custody.ended_on, hukou.household_no]
tolerances:
  grace_months: {type: int, default: 0, min: 0, max: 24, says: 收监当月之后再宽限的月数(项目自身的宽限另加)}
basis: [B1, B2]
statement: "{name}自{event_on}起服刑，{first_month}至{last_month}领取{item}{months}个月，其本人份额共{amount}元。{clock}"
疑点情形: 收监服刑期间(收监次月起至释放上月，按年享受的项目为次年1月起)仍领取到人的补贴；全家低保中含服刑人员份额的，算其本人一份
不算疑点:
  - 收监当月和释放当月的补贴
  - 缓刑、社区矫正、取保候审、假释、监外执行
  - 重新核定后，家庭其他成员的低保份额
  - 到户补贴，以及可在事后结算的项目(医疗救助等)
  - 水库移民直补，适用“移民应核减未核减”
核实办法: 向司法、公安机关核对收监和释放日期、执行方式；核对低保人口是否已扣减；确认后停发并追回服刑期间本人份额
---
WITH dibao_item AS (
    SELECT item_id FROM item WHERE starts_with(register_name, 'dibao')
),

jailed AS (
    SELECT household_member.household_no, in_custody.*
    FROM in_custody
    INNER JOIN household_member USING (person_id)
),

-- a sum for the whole family whose number of people still counts him
counted_in AS (
    SELECT jailed.custody_row, paid_share.payment_row, paid_share.month
    FROM paid_share
    INNER JOIN dibao_item USING (item_id)
    INNER JOIN payment_net USING (payment_row)
    INNER JOIN home ON paid_share.person_id = home.person_id
    INNER JOIN jailed ON home.household_no = jailed.household_no
    INNER JOIN household_size
        ON home.household_no = household_size.household_no AND paid_share.month = household_size.month
    WHERE
        paid_share.is_shared AND payment_net.quantity > household_size.members - (
            SELECT count(DISTINCT other.person_id) FROM jailed AS other
            WHERE
                other.household_no = home.household_no
                AND paid_share.month > other.from_month AND paid_share.month < other.to_month
        )
),

share AS (
    SELECT in_custody.person_id, in_custody.custody_row, payment_row, month
    FROM paid_share
    INNER JOIN in_custody USING (person_id)
    UNION
    SELECT jailed.person_id, counted_in.custody_row, counted_in.payment_row, counted_in.month
    FROM counted_in
    INNER JOIN jailed USING (custody_row)
)

SELECT
    share.person_id, paid_share.item_id, share.month, paid_share.share_fen AS amount_fen, share.payment_row,
    min(in_custody.custody_row) AS custody_row, min(in_custody.started_on) AS event_on,
    '司法服刑人员名单' AS event_source, stop_clock.grace_months + $grace_months AS grace,
    min(stop_clock.wrong_month) + $grace_months AS wrong_month
FROM share
INNER JOIN paid_share USING (payment_row, month)
INNER JOIN in_custody USING (custody_row)
INNER JOIN item ON paid_share.item_id = item.item_id
INNER JOIN stop_clock ON paid_share.item_id = stop_clock.item_id AND in_custody.from_month = stop_clock.event_month
WHERE
    item.level = 'P' AND NOT item.posthumous_ok AND coalesce(item.register_name, '') <> 'resettler'
    AND share.month >= stop_clock.wrong_month + $grace_months AND share.month < in_custody.to_month
GROUP BY
    share.person_id, paid_share.item_id, share.month, paid_share.share_fen, share.payment_row, stop_clock.grace_months
