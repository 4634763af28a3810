---
id: DUP_SAME_PERIOD
title: 同一项目同一时期重复领取
family: duplicate
problem: over_scope
kind: LOSS
track: problem
severity: 高
owner: item
matter: [item_id]
needs: [payment.person_id, payment.service_from]
helps: [enrolment.class]
tolerances: {}
basis: [B9, B16]
statement: "{name}{first_month}至{last_month}在同一时期重复领取{item}{months}个月，重复部分{amount}元"
疑点情形: 同一人同一项目同一月份有两笔以上成功发放，合计超过一份应得
不算疑点:
  - 失败后重发
  - 提标后的补差、补发差额
  - 一份补贴分次拨付(合计不超过标准)
  - 不同村或不同地块的面积类补贴
  - 按次救助的项目，同月有两次不同的救助
  - 混淆发放类别的款项
核实办法: 核对两笔发放的批次与审批；核对是否为补差或分次拨付；确认重复的追回较小一笔
---
WITH repeated AS (
    SELECT person_id, item_id, month
    FROM paid_month
    WHERE person_id IS NOT NULL AND amount_fen > 0
    GROUP BY person_id, item_id, month
    HAVING count(*) > 1
),

counted AS (
    SELECT
        paid_month.*,
        item.unit, item.register_name,
        CASE
            WHEN item.unit = 'mu' THEN concat(payment_net.village_id, '/', payment_net.quantity)
            WHEN item.freq = 'event' THEN concat(payment_net.paid_on, '/', paid_month.amount_fen)
        END AS thing
    FROM paid_month
    INNER JOIN repeated USING (person_id, item_id, month)
    INNER JOIN payment_net USING (payment_row)
    INNER JOIN item ON paid_month.item_id = item.item_id
    LEFT JOIN misbooked USING (payment_row)
    WHERE
        misbooked.payment_row IS NULL AND payment_net.link_tier <> 'C'
        AND paid_month.amount_fen > 0
        AND NOT regexp_matches(coalesce(payment_net.purpose, ''), '补差|补发|差额|补助差')
),

ranked AS (
    SELECT
        counted.*,
        count(*) OVER same_thing AS payments,
        sum(amount_fen) OVER same_thing AS sum_fen,
        max(amount_fen) OVER same_thing AS largest_fen,
        first_value(payment_row) OVER largest_first AS kept_row,
        row_number() OVER largest_first AS place
    FROM counted
    WINDOW
        same_thing AS (PARTITION BY person_id, item_id, month, thing),
        largest_first AS (PARTITION BY person_id, item_id, month, thing ORDER BY amount_fen DESC, payment_row)
),

due AS (
    SELECT
        ranked.payment_row, ranked.month,
        max(CASE WHEN standard.class_name IN ('', enrolled.class) THEN standard.amount_fen END) AS class_fen,
        max(CASE WHEN standard.amount_fen = ranked.largest_fen THEN standard.amount_fen END) AS exact_fen,
        max(standard.amount_fen) AS top_fen
    FROM ranked
    INNER JOIN standard
        ON
            ranked.item_id = standard.item_id
            AND ranked.month BETWEEN standard.from_month AND coalesce(standard.to_month, 99999)
    LEFT JOIN enrolled
        ON
            ranked.person_id = enrolled.person_id AND ranked.register_name = enrolled.register
            AND ranked.month BETWEEN enrolled.from_month AND enrolled.to_month
    WHERE ranked.payments > 1 AND ranked.unit IN ('person_month', 'household_month', 'once')
    GROUP BY ranked.payment_row, ranked.month
)

SELECT
    ranked.person_id, ranked.item_id, ranked.month, ranked.amount_fen, ranked.payment_row,
    ranked.kept_row AS other_payment_row
FROM ranked
LEFT JOIN due ON ranked.payment_row = due.payment_row AND ranked.month = due.month
WHERE
    ranked.payments > 1 AND ranked.place > 1
    AND ranked.sum_fen > coalesce(due.class_fen, due.exact_fen, due.top_fen, ranked.largest_fen)
