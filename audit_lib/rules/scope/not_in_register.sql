---
id: NOT_IN_REGISTER
title: 名册外人员领取补贴
family: scope
problem: over_scope
kind: LOSS
track: problem
severity: 高
owner: item
matter: [item_id]
needs: [payment.person_id, payment.service_from, enrolment.person_id, enrolment.register]
helps: [hukou.household_no]
tolerances: {}
unable:
  - says: 项目的名册未收到
    sql: >-
      SELECT count(*) FROM payment_net INNER JOIN item USING (item_id)
      WHERE item.register_name IS NOT NULL AND item.register_name NOT IN (SELECT register FROM enrolment)
  - says: 领款人身份不能确定或不在任何名册与户籍中
    sql: >-
      SELECT count(*) FROM payment_net
      WHERE person_id IS NULL OR link_tier = 'C'
      OR (person_id NOT IN (SELECT person_id FROM covered)
      AND person_id NOT IN (SELECT person_id FROM hukou WHERE person_id IS NOT NULL))
basis: [B9, B16]
statement: "{name}及其家庭成员{first_month}至{last_month}不在{item}的享受名册中，领取{months}个月，共{amount}元"
疑点情形: 领款人本人及同户成员当月(按年、按次发放的为当年)都不在该项目的资格名册中
不算疑点:
  - 同户成员在册，由家人代领
  - 名册未收到的项目(计入未能核查)
  - 身份证号有误、尚不能确定是谁的领款人
  - 按年或按次发放的项目，当年内在册
  - 停发当月的补贴
  - 混淆发放类别的款项，适用“混淆发放类别”
核实办法: 核对审批档案和名册是否漏导；核对是否为监护人或受托人代领；确认不在册的停发并追回
---
WITH registered_item AS (
    SELECT item_id, register_name, freq IN ('month', 'quarter') AS is_monthly
    FROM item
    WHERE register_name IN (SELECT register FROM enrolment)
),

checked AS (
    SELECT
        payment_net.payment_row, payment_net.person_id, payment_net.household_no,
        registered_item.register_name, registered_item.is_monthly,
        CASE WHEN is_monthly THEN to_month ELSE to_month // 12 * 12 + 11 END AS latest_start,
        CASE WHEN is_monthly THEN from_month ELSE from_month // 12 * 12 END AS earliest_end,
        CASE WHEN is_monthly THEN from_month ELSE to_month // 12 * 12 + 11 END AS whole_start,
        CASE WHEN is_monthly THEN to_month ELSE from_month // 12 * 12 END AS whole_end
    FROM payment_net
    INNER JOIN registered_item USING (item_id)
    WHERE payment_net.link_tier <> 'C'
),

wholly_covered AS (
    SELECT DISTINCT checked.payment_row
    FROM checked
    INNER JOIN covered
        ON
            checked.person_id = covered.person_id AND checked.register_name = covered.register
            AND covered.from_month <= checked.whole_start AND covered.to_month >= checked.whole_end
),

open_payment AS (
    SELECT checked.*
    FROM checked
    LEFT JOIN wholly_covered USING (payment_row)
    LEFT JOIN misbooked USING (payment_row)
    WHERE
        wholly_covered.payment_row IS NULL AND misbooked.payment_row IS NULL
        AND (
            checked.person_id IN (SELECT person_id FROM covered)
            OR checked.person_id IN (SELECT person_id FROM hukou)
        )
),

covering AS (
    SELECT open_payment.payment_row, open_payment.is_monthly, covered.from_month, covered.to_month
    FROM open_payment
    INNER JOIN covered
        ON
            open_payment.person_id = covered.person_id AND open_payment.register_name = covered.register
            AND covered.from_month <= open_payment.latest_start AND covered.to_month >= open_payment.earliest_end
    UNION ALL
    SELECT open_payment.payment_row, open_payment.is_monthly, enrolled.from_month, enrolled.to_month
    FROM open_payment
    INNER JOIN enrolled
        ON
            open_payment.household_no = enrolled.household_no AND open_payment.register_name = enrolled.register
            AND enrolled.from_month <= open_payment.latest_start AND enrolled.to_month >= open_payment.earliest_end
),

covered_month AS (
    SELECT DISTINCT paid_month.payment_row, paid_month.month
    FROM paid_month
    INNER JOIN covering USING (payment_row)
    WHERE NOT covering.is_monthly OR paid_month.month BETWEEN covering.from_month AND covering.to_month
)

SELECT paid_month.person_id, paid_month.item_id, paid_month.month, paid_month.amount_fen, paid_month.payment_row
FROM paid_month
INNER JOIN open_payment USING (payment_row)
LEFT JOIN covered_month USING (payment_row, month)
WHERE covered_month.payment_row IS NULL
