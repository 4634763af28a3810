---
id: DIBAO_URBAN_RURAL
title: 城乡低保重复享受
family: duplicate
problem: over_scope
kind: LOSS
track: problem
severity: 高
owner: item
matter: []
needs: [payment.person_id, payment.service_from]
helps: [hukou.household_no]
tolerances:
  switch_months: {type: int, default: 1, min: 0, max: 3, says: 城乡之间转换时允许重叠的月数}
basis: [B2, B3]
statement: "{name}一户{first_month}至{last_month}同时享受城市低保和农村低保{months}个月，农村低保{amount}元不应享受"
疑点情形: 同一人或同一户同月既领城市低保又领农村低保
不算疑点:
  - 农转城、城转农的当月
  - 两户各领各的
  - 混淆发放类别的款项
核实办法: 核对两份低保审批和户籍性质；注销不符合户籍性质的一份，追回重叠月份
---
WITH paid AS (
    SELECT
        paid_month.person_id, paid_month.month, paid_month.amount_fen, paid_month.item_id, paid_month.payment_row,
        item.register_name, coalesce(home.household_no, paid_month.person_id) AS household_no
    FROM paid_month
    INNER JOIN item USING (item_id)
    LEFT JOIN home USING (person_id)
    LEFT JOIN misbooked USING (payment_row)
    WHERE
        item.register_name IN ('dibao_urban', 'dibao_rural') AND item.unit = 'person_month'
        AND paid_month.amount_fen > 0 AND misbooked.payment_row IS NULL
),

urban AS (
    SELECT household_no, month, min(payment_row) AS payment_row
    FROM paid
    WHERE register_name = 'dibao_urban'
    GROUP BY household_no, month
),

overlapping AS (
    SELECT
        rural.*, urban.payment_row AS urban_row,
        dense_rank() OVER (PARTITION BY rural.household_no ORDER BY rural.month)
        + dense_rank() OVER (PARTITION BY rural.household_no ORDER BY rural.month DESC) - 1 AS months
    FROM paid AS rural
    INNER JOIN urban USING (household_no, month)
    WHERE rural.register_name = 'dibao_rural'
)

SELECT person_id, item_id, month, amount_fen, payment_row, urban_row AS other_payment_row
FROM overlapping
WHERE months > $switch_months
