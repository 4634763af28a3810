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
WITH doubtful_payment AS (
    SELECT
        payment_net.payment_row, payment_net.person_id, payment_net.household_no, item.register_name,
        item.freq IN ('month', 'quarter') AS is_monthly,
        payment_net.from_month // 12 * 12 AS year_from, payment_net.to_month // 12 * 12 + 11 AS year_to
    FROM payment_net
    INNER JOIN item USING (item_id)
    LEFT JOIN misbooked USING (payment_row)
    WHERE
        misbooked.payment_row IS NULL AND payment_net.link_tier <> 'C'
        AND item.register_name IN (SELECT register FROM enrolment)
        AND (
            payment_net.person_id IN (SELECT person_id FROM covered)
            OR payment_net.person_id IN (SELECT person_id FROM hukou)
        )
)

SELECT paid_month.person_id, paid_month.item_id, paid_month.month, paid_month.amount_fen, paid_month.payment_row
FROM paid_month
INNER JOIN doubtful_payment USING (payment_row)
WHERE
    NOT EXISTS (
        SELECT 1 FROM covered
        WHERE
            covered.person_id = doubtful_payment.person_id AND covered.register = doubtful_payment.register_name
            AND covered.from_month
            <= CASE WHEN doubtful_payment.is_monthly THEN paid_month.month ELSE doubtful_payment.year_to END
            AND covered.to_month
            >= CASE WHEN doubtful_payment.is_monthly THEN paid_month.month ELSE doubtful_payment.year_from END
    )
    AND NOT EXISTS (
        SELECT 1 FROM enrolled
        WHERE
            enrolled.household_no = doubtful_payment.household_no AND enrolled.register = doubtful_payment.register_name
            AND enrolled.from_month
            <= CASE WHEN doubtful_payment.is_monthly THEN paid_month.month ELSE doubtful_payment.year_to END
            AND enrolled.to_month
            >= CASE WHEN doubtful_payment.is_monthly THEN paid_month.month ELSE doubtful_payment.year_from END
    )
