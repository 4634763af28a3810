---
id: TERM_EXPIRED
title: 超过享受期限仍领取
family: exit
problem: not_exited
kind: LOSS
track: problem
severity: 中
owner: item
matter: [item_id]
needs: [payment.person_id, payment.service_from, enrolment.person_id, enrolment.register]
helps: [enrolment.ended_on, hukou.birth_on]
tolerances:
  adult_age: {type: int, default: 18, min: 16, max: 25, says: 孤儿享受到满几周岁(在校的除外)}
  migrant_years: {type: int, default: 20, min: 1, max: 60, says: 水库移民后期扶持的年限(从2006年7月或搬迁之月起)}
  grace_months: {type: int, default: 0, min: 0, max: 24, says: 期满当月之后再宽限的月数(项目自身的宽限另加)}
basis: [B4, B6, B16]
statement: "{name}{term}，于{event_on}期满，{first_month}至{last_month}仍领取{item}{months}个月，共{amount}元。{clock}"
疑点情形: 有期限的权利已经期满仍在发放——残疾证有效期届满，孤儿年满18周岁且不在校，水库移民后期扶持满20年
不算疑点:
  - 期满当月的补贴
  - 残疾证已换领(有期满以后的名册记录)，办理换证期间的补贴
  - 年满18周岁仍在校就读的孤儿
  - 没有收到学生名册，无法判断孤儿是否在校
  - 水库移民后期扶持未满20年
  - 证件注销、冻结，适用“残疾证无效或等级不符”；危房改造重复享受另有规则
核实办法: 核对残疾证有效期和换证受理单、学籍证明、移民搬迁时间；确认期满的停发并追回期满次月以后的补贴
---
WITH begun AS (
    SELECT
        enrolled.person_id, enrolled.register, enrolled.enrolment_row, person.birth_on AS begun_on,
        $adult_age AS years, '年满' || $adult_age || '周岁且不在校' AS term
    FROM enrolled
    INNER JOIN person USING (person_id)
    WHERE enrolled.register = 'orphan' AND enrolled.link_tier <> 'C'
    UNION ALL
    SELECT
        enrolled.person_id, enrolled.register, enrolled.enrolment_row,
        greatest(enrolled.approved_on, make_date(item.valid_from // 12, item.valid_from % 12 + 1, 1)) AS begun_on,
        $migrant_years AS years, '水库移民后期扶持满' || $migrant_years || '年' AS term
    FROM enrolled
    INNER JOIN item ON enrolled.register = item.register_name
    WHERE enrolled.register = 'resettler' AND enrolled.link_tier <> 'C'
),

expiry AS (
    SELECT
        person_id, register, enrolment_row, term,
        make_date(
            year(begun_on) + years, month(begun_on),
            CASE WHEN month(begun_on) = 2 THEN least(day(begun_on), 28) ELSE day(begun_on) END
        ) AS event_on
    FROM begun
    UNION ALL
    SELECT person_id, register, enrolment_row, '残疾证有效期届满' AS term, ended_on AS event_on
    FROM enrolled
    WHERE register = 'disability' AND link_tier <> 'C' AND stop_on IS NULL
),

last_expiry AS (
    SELECT *, year(event_on) * 12 + month(event_on) - 1 AS event_month
    FROM (
        SELECT
            *, row_number() OVER (PARTITION BY person_id, register ORDER BY event_on DESC, enrolment_row) AS place
        FROM expiry
    ) AS ranked
    WHERE place = 1
)

SELECT
    paid_month.person_id, paid_month.item_id, paid_month.month, paid_month.amount_fen, paid_month.payment_row,
    expired.enrolment_row, expired.term, expired.event_on,
    CASE expired.register WHEN 'orphan' THEN '出生日期' ELSE '资格名册' END AS event_source,
    stop_clock.grace_months + $grace_months AS grace, stop_clock.wrong_month + $grace_months AS wrong_month
FROM paid_month
INNER JOIN item ON paid_month.item_id = item.item_id AND NOT item.posthumous_ok
INNER JOIN last_expiry AS expired ON paid_month.person_id = expired.person_id AND item.register_name = expired.register
INNER JOIN stop_clock ON paid_month.item_id = stop_clock.item_id AND expired.event_month = stop_clock.event_month
WHERE
    paid_month.month >= stop_clock.wrong_month + $grace_months
    AND NOT EXISTS (
        SELECT 1 FROM enrolled AS renewed
        WHERE
            expired.register = 'disability' AND renewed.register = 'disability'
            AND renewed.person_id = paid_month.person_id AND renewed.to_month >= paid_month.month
    )
    AND (
        expired.register <> 'orphan'
        OR (
            'student' IN (SELECT register FROM enrolment)
            AND NOT EXISTS (
                SELECT 1 FROM enrolled AS pupil
                WHERE
                    pupil.person_id = paid_month.person_id AND pupil.register = 'student'
                    AND paid_month.month BETWEEN pupil.from_month AND pupil.to_month
            )
        )
    )
