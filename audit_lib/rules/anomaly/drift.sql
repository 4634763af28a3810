---
id: DRIFT
title: 人数金额突变
family: anomaly
problem: data_quality
kind: NONE
track: management
severity: 低
owner: item
matter: [item_id, village_id, month]
needs: [payment.service_from, payment.village_id]
tolerances:
  change_percent: {type: number, default: 20, min: 5, max: 500, says: 与上月相比的变化百分比}
  deviations: {type: number, default: 3, min: 1, max: 20, says: 变化超过历月变化绝对中位差的倍数}
  least_fen: {type: int, default: 500000, min: 0, max: 100000000, says: 变化金额(分)达到此数才列出}
basis: [B15]
statement: "{town}一村{first_month}的{item}由{before_fen}元变为{now_fen}元"
疑点情形: 按月发放的项目，一村一月的金额与上月相比突变，远超历月波动
不算疑点:
  - 标准调整的月份
  - 历月波动本来就大
  - 变化在容许范围内
  - 不按月发放的项目
核实办法: 核对当月新增、退出名单和补发；无法解释的逐户抽查
---
WITH monthly AS (
    SELECT paid_month.item_id, payment_net.town_id, payment_net.village_id, paid_month.month,
        sum(paid_month.amount_fen) AS now_fen, min(paid_month.payment_row) AS payment_row
    FROM paid_month
    INNER JOIN payment_net USING (payment_row)
    INNER JOIN item ON paid_month.item_id = item.item_id
    INNER JOIN audit_month ON paid_month.month = audit_month.month
    LEFT JOIN misbooked USING (payment_row)
    WHERE item.freq = 'month' AND misbooked.payment_row IS NULL
    GROUP BY paid_month.item_id, payment_net.town_id, payment_net.village_id, paid_month.month
),

changed AS (
    SELECT
        monthly.*, before.now_fen AS before_fen, before.payment_row AS before_row,
        abs(monthly.now_fen - before.now_fen) AS change_fen
    FROM monthly
    INNER JOIN monthly AS before
        ON
            monthly.item_id = before.item_id AND monthly.village_id = before.village_id
            AND monthly.month = before.month + 1
),

usual AS (
    SELECT item_id, village_id, median(change_fen) AS median_fen, count(*) AS months
    FROM changed
    GROUP BY item_id, village_id
),

spread AS (
    SELECT changed.item_id, changed.village_id, median(abs(changed.change_fen - usual.median_fen)) AS mad_fen
    FROM changed
    INNER JOIN usual USING (item_id, village_id)
    GROUP BY changed.item_id, changed.village_id
)

SELECT
    CAST(NULL AS VARCHAR) AS person_id, changed.item_id, changed.month, CAST(0 AS BIGINT) AS amount_fen,
    changed.payment_row, changed.before_row AS other_payment_row, changed.town_id, changed.village_id,
    CAST(changed.before_fen AS BIGINT) AS before_fen, CAST(changed.now_fen AS BIGINT) AS now_fen
FROM changed
INNER JOIN usual USING (item_id, village_id)
INNER JOIN spread USING (item_id, village_id)
WHERE
    usual.months >= 6
    AND 100.0 * changed.change_fen > $change_percent * changed.before_fen
    AND changed.change_fen - usual.median_fen > $deviations * 1.4826 * spread.mad_fen
    AND changed.change_fen >= $least_fen
    AND NOT EXISTS (
        SELECT 1 FROM standard WHERE standard.item_id = changed.item_id AND standard.from_month = changed.month
    )
