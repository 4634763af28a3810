---
id: HOUSEHOLD_SPLIT_DUP
title: 到户项目一户多领
family: duplicate
problem: over_scope
kind: LOSS
track: problem
severity: 中
owner: item
matter: [item_id]
needs: [payment.person_id, payment.service_from, hukou.household_no]
tolerances: {}
basis: [B9, B16]
statement: "{name}与同户人员{first_month}至{last_month}分别领取到户项目{item}，多领{amount}元"
疑点情形: 按户发放的项目，同一户籍家庭有两人以上在同一时期分别领取
不算疑点:
  - 发放清册中两人户号不同(已分户而户籍未分)
  - 面积类补贴，各有各的承包地
  - 按次发放的救助
  - 同一人的两笔，另按同期重复核查
  - 混淆发放类别的款项
核实办法: 核对户籍和分户情况；确认为一户的保留一份，追回其余
---
WITH paid AS (
    SELECT
        home.household_no, payment_net.household_no AS list_no, paid_month.person_id, paid_month.item_id,
        paid_month.month, paid_month.amount_fen, paid_month.payment_row,
        CASE WHEN home.relation IN ('户主', '本人') THEN 0 ELSE 1 END AS not_head
    FROM paid_month
    INNER JOIN item USING (item_id)
    INNER JOIN payment_net USING (payment_row)
    INNER JOIN home ON paid_month.person_id = home.person_id
    LEFT JOIN misbooked USING (payment_row)
    WHERE
        item.level = 'H' AND item.unit <> 'mu' AND item.freq <> 'event'
        AND paid_month.amount_fen > 0 AND payment_net.link_tier <> 'C' AND misbooked.payment_row IS NULL
),

ranked AS (
    SELECT
        paid.*,
        first_value(payment_row) OVER largest_first AS kept_row,
        first_value(person_id) OVER largest_first AS kept_person_id,
        first_value(list_no) OVER largest_first AS kept_list_no
    FROM paid
    WINDOW largest_first AS (
        PARTITION BY household_no, item_id, month ORDER BY amount_fen DESC, not_head, person_id, payment_row
    )
)

SELECT person_id, item_id, month, amount_fen, payment_row, kept_row AS other_payment_row
FROM ranked
WHERE person_id <> kept_person_id AND coalesce(list_no = kept_list_no, TRUE)
