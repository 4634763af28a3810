---
id: OUTLIER_AMOUNT
title: 金额离群
family: anomaly
problem: data_quality
kind: NONE
track: management
severity: 低
owner: item
matter: [item_id]
needs: [payment.service_from, payment.town_id]
tolerances:
  times_median: {type: number, default: 3, min: 2, max: 100, says: 超过同镇同项目中位数的倍数}
  deviations: {type: number, default: 6, min: 3, max: 100, says: 超过同镇同项目绝对中位差的倍数}
  least_payments: {type: int, default: 20, min: 5, max: 1000, says: 一镇笔数不足此数的项目不看}
basis: [B15]
statement: "{name}的{item}{paid_fen}元，远高于本镇同项目每月每份中位数{median_fen}元"
疑点情形: 折合到每月每份的金额远离同镇同项目的其他发放(常见原因为元与万元混写、多写一位)
不算疑点:
  - 一笔发几个月、几个人或几亩，折合后不离群
  - 补发、补差
  - 按次发放、危房改造等逐户核定的项目
  - 笔数很少的项目
  - 恰好是该项目某一档的标准
核实办法: 核对原始审批和银行回单，看是否单位写错、多写一位
---
WITH each AS (
    SELECT
        payment_net.payment_row, payment_net.person_id, payment_net.item_id, payment_net.town_id,
        payment_net.from_month AS month, payment_net.amount_fen,
        payment_net.amount_fen
        / greatest(payment_net.to_month - payment_net.from_month + 1, 1) / greatest(coalesce(payment_net.quantity, 1), 1)
            AS part_fen
    FROM payment_net
    INNER JOIN item USING (item_id)
    LEFT JOIN misbooked USING (payment_row)
    WHERE
        item.freq NOT IN ('event', 'once') AND payment_net.amount_fen > 0 AND misbooked.payment_row IS NULL
        AND NOT regexp_matches(coalesce(payment_net.purpose, ''), '补发|补差|差额|合并')
),

middle AS (
    SELECT item_id, town_id, median(part_fen) AS median_fen, count(*) AS payments
    FROM each
    GROUP BY item_id, town_id
),

spread AS (
    SELECT each.item_id, each.town_id, median(abs(each.part_fen - middle.median_fen)) AS mad_fen
    FROM each
    INNER JOIN middle USING (item_id, town_id)
    GROUP BY each.item_id, each.town_id
)

SELECT
    each.person_id, each.item_id, each.month, CAST(0 AS BIGINT) AS amount_fen, each.payment_row,
    each.amount_fen AS paid_fen, CAST(round(middle.median_fen) AS BIGINT) AS median_fen
FROM each
INNER JOIN middle USING (item_id, town_id)
INNER JOIN spread USING (item_id, town_id)
WHERE
    middle.payments >= $least_payments
    AND each.part_fen > $times_median * middle.median_fen
    AND each.part_fen - middle.median_fen > $deviations * 1.4826 * spread.mad_fen
    AND each.person_id IS NOT NULL
    AND NOT EXISTS (
        SELECT 1 FROM standard
        WHERE
            standard.item_id = each.item_id AND each.month BETWEEN standard.from_month AND coalesce(standard.to_month, 99999)
            AND standard.amount_fen = round(each.part_fen)
    )
