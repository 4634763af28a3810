---
id: EXCLUSIVE_PAIR
title: 互斥补贴同时享受
family: duplicate
problem: over_scope
kind: LOSS
track: problem
severity: 中
owner: item
matter: [item_a, item_b]
needs: [payment.person_id, payment.service_from]
helps: [hukou.household_no]
tolerances:
  switch_months: {type: int, default: 1, min: 0, max: 3, says: 由一项转为另一项时允许同时领取的月数}
basis: [B4, B5, B16]
statement: "{name}{first_month}至{last_month}同时领取{item}和{other_item}{months}个月，不应同时享受的部分{amount}元({doc_no})"
疑点情形: 同一人(或同一户)同月领取文件规定不得同时享受、只能择高或应当抵扣的两项补贴
不算疑点:
  - 由一项转为另一项的当月
  - 互斥范围为个人，由同户两个人分别领取
  - 互斥规定生效以前的月份
  - 混淆发放类别的款项
核实办法: 核对两项资格的起止；按文件确定应保留的一项；追回不应享受的部分
---
WITH paid AS (
    SELECT
        paid_month.person_id, paid_month.item_id, paid_month.month, home.household_no,
        sum(paid_month.amount_fen) AS amount_fen, min(paid_month.payment_row) AS payment_row
    FROM paid_month
    LEFT JOIN home USING (person_id)
    LEFT JOIN misbooked USING (payment_row)
    WHERE
        misbooked.payment_row IS NULL
        AND paid_month.item_id IN (SELECT item_a FROM exclusion UNION SELECT item_b FROM exclusion)
    GROUP BY paid_month.person_id, paid_month.item_id, paid_month.month, home.household_no
),

span AS (
    SELECT person_id, item_id, min(month) AS first_month, max(month) AS last_month FROM paid GROUP BY person_id, item_id
),

pair AS (
    SELECT
        exclusion.item_a, exclusion.item_b, a.month, a.person_id AS person_a, b.person_id AS person_b,
        a.amount_fen AS fen_a, b.amount_fen AS fen_b, a.payment_row AS row_a, b.payment_row AS row_b
    FROM paid AS a
    INNER JOIN exclusion ON a.item_id = exclusion.item_a
    INNER JOIN paid AS b
        ON a.person_id = b.person_id AND a.month = b.month AND exclusion.item_b = b.item_id
    UNION
    SELECT
        exclusion.item_a, exclusion.item_b, a.month, a.person_id AS person_a, b.person_id AS person_b,
        a.amount_fen AS fen_a, b.amount_fen AS fen_b, a.payment_row AS row_a, b.payment_row AS row_b
    FROM paid AS a
    INNER JOIN exclusion ON a.item_id = exclusion.item_a AND exclusion.scope = 'household'
    INNER JOIN paid AS b
        ON a.household_no = b.household_no AND a.month = b.month AND exclusion.item_b = b.item_id
),

both_paid AS (
    SELECT
        pair.*, exclusion.relation, exclusion.doc_no,
        CASE
            WHEN exclusion.relation = 'choose_higher' AND pair.fen_a < pair.fen_b THEN TRUE
            WHEN exclusion.relation = 'choose_higher' AND pair.fen_a > pair.fen_b THEN FALSE
            ELSE exclusion.flag = 'a'
        END AS flags_a
    FROM pair
    INNER JOIN exclusion
        ON
            pair.item_a = exclusion.item_a AND pair.item_b = exclusion.item_b
            AND pair.month BETWEEN exclusion.from_month AND coalesce(exclusion.to_month, 99999)
    INNER JOIN span AS span_a ON pair.person_a = span_a.person_id AND pair.item_a = span_a.item_id
    INNER JOIN span AS span_b ON pair.person_b = span_b.person_id AND pair.item_b = span_b.item_id
    WHERE
        NOT (
            span_a.first_month < span_b.first_month AND span_a.last_month < span_b.last_month
            AND span_a.last_month - span_b.first_month < $switch_months
        )
        AND NOT (
            span_b.first_month < span_a.first_month AND span_b.last_month < span_a.last_month
            AND span_b.last_month - span_a.first_month < $switch_months
        )
)

SELECT
    CASE WHEN both_paid.flags_a THEN both_paid.person_a ELSE both_paid.person_b END AS person_id,
    CASE WHEN both_paid.flags_a THEN both_paid.item_a ELSE both_paid.item_b END AS item_id,
    both_paid.month,
    CASE
        WHEN both_paid.relation = 'offset' THEN least(both_paid.fen_a, both_paid.fen_b)
        WHEN both_paid.flags_a THEN both_paid.fen_a
        ELSE both_paid.fen_b
    END AS amount_fen,
    CASE WHEN both_paid.flags_a THEN both_paid.row_a ELSE both_paid.row_b END AS payment_row,
    CASE WHEN both_paid.flags_a THEN both_paid.row_b ELSE both_paid.row_a END AS other_payment_row,
    both_paid.item_a, both_paid.item_b, other.name AS other_item, both_paid.doc_no
FROM both_paid
INNER JOIN item AS other
    ON other.item_id = CASE WHEN both_paid.flags_a THEN both_paid.item_b ELSE both_paid.item_a END
