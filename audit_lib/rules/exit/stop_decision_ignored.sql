---
id: STOP_DECISION_IGNORED
title: 已停发仍继续发放
family: exit
problem: not_exited
kind: LOSS
track: problem
severity: 高
owner: item
matter: [item_id]
needs: [payment.person_id, payment.service_from, enrolment.person_id, enrolment.register]
helps: [enrolment.stop_on, enrolment.ended_on]
tolerances:
  grace_months: {type: int, default: 0, min: 0, max: 24, says: 停发当月之后再宽限的月数(项目自身的宽限另加)}
basis: [B16]
statement: "{item}名册已登记{name}自{event_on}停发({stop_reason})，{first_month}至{last_month}仍发放{months}个月，共{amount}元。{clock}"
疑点情形: 项目名册已登记停发(退出、终止)日期，停发次月起(按年享受的项目为次年1月起)仍有成功发放的补贴
不算疑点:
  - 停发当月的补贴；按年享受的项目，停发当年的补贴
  - 停发后申诉恢复或重新获批，当月另有有效的名册记录
  - 停发前月份的补贴在停发后补发
  - 到户项目、一笔发给全家多人的补贴，户内还有其他成员在册
  - 一次性和按学期的项目
  - 残疾证到期(适用“超过享受期限”)，混淆发放类别的款项
核实办法: 调取停发审批表和系统停发操作记录；核对是否恢复享受、是否补录停发日期；确认后停发并追回，查明为何未停
---
WITH late AS (
    SELECT
        paid_month.*, own.enrolment_row, own.to_month AS stop_month, item.level, item.register_name,
        least(own.stop_on, own.ended_on) AS event_on, coalesce(own.stop_reason, '未写明原因') AS stop_reason,
        stop_clock.grace_months, stop_clock.wrong_month,
        row_number() OVER (
            PARTITION BY paid_month.payment_row, paid_month.month ORDER BY own.to_month DESC, own.enrolment_row
        ) AS place
    FROM paid_month
    INNER JOIN item ON paid_month.item_id = item.item_id AND item.stop_rule <> 'event'
    INNER JOIN enrolled AS own
        ON
            paid_month.person_id = own.person_id AND item.register_name = own.register AND own.link_tier <> 'C'
            AND own.from_month <= own.to_month AND (own.register <> 'disability' OR own.stop_on IS NOT NULL)
    INNER JOIN stop_clock
        ON
            paid_month.item_id = stop_clock.item_id AND own.to_month = stop_clock.event_month
            AND paid_month.month >= stop_clock.wrong_month + $grace_months
)

SELECT
    late.person_id, late.item_id, late.month, late.amount_fen, late.payment_row, late.enrolment_row, late.stop_reason,
    late.event_on, '资格名册停发登记' AS event_source, late.grace_months + $grace_months AS grace,
    late.wrong_month + $grace_months AS wrong_month
FROM late
INNER JOIN paid_share USING (payment_row, month)
WHERE
    late.place = 1 AND late.payment_row NOT IN (SELECT payment_row FROM misbooked)
    AND NOT EXISTS (
        SELECT 1 FROM enrolled AS again
        WHERE
            again.person_id = late.person_id AND again.register = late.register_name
            AND late.month BETWEEN again.from_month AND again.to_month
    )
    AND NOT EXISTS (
        SELECT 1 FROM covered
        WHERE
            covered.person_id = late.person_id AND covered.register = late.register_name
            AND (late.level = 'H' OR paid_share.is_shared)
            AND late.month BETWEEN covered.from_month AND covered.to_month
    )
