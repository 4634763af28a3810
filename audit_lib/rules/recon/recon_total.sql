---
id: RECON_TOTAL
title: 总账与明细不符
family: recon
problem: data_quality
kind: EXPOSURE
track: management
severity: 中
owner: item
matter: [item_id, town_id, year]
needs: [control_total.item_id, control_total.year, control_total.amount_fen, payment.service_from]
tolerances:
  tolerance_fen: {type: int, default: 1, min: 0, max: 100000000, says: 不计的差额(分)}
basis: [B15]
statement: "{town}{year}年{item}部门汇总{control_fen}元，明细成功发放{detail_fen}元，相差{amount}元"
疑点情形: 部门报送的汇总数与发放明细(成功发放、按所属年度)的合计不一致
不算疑点:
  - 差额在容许范围内
  - 汇总数按发放日期所属年度计算后相符
  - 失败、冲销的款项不在成功发放之内
核实办法: 逐批核对失败、冲销、跨年和项目归属，列出调节表；不能解释的差额查明原因后才能使用明细
---
WITH control AS (
    SELECT
        item_id, town_id, year, control_total_row // 10000000 AS sheet_no,
        sum(amount_fen) AS control_fen, min(control_total_row) AS control_total_row
    FROM control_total
    WHERE item_id IS NOT NULL AND year IS NOT NULL
    GROUP BY item_id, town_id, year, control_total_row // 10000000
),

by_service AS (
    SELECT item_id, town_id, from_month // 12 AS year, sum(amount_fen) AS fen
    FROM payment_net
    GROUP BY item_id, town_id, from_month // 12
),

by_payment AS (
    SELECT item_id, town_id, coalesce(year(paid_on), from_month // 12) AS year, sum(amount_fen) AS fen
    FROM payment_net
    GROUP BY item_id, town_id, coalesce(year(paid_on), from_month // 12)
),

compared AS (
    SELECT
        control.*,
        coalesce((
            SELECT sum(by_service.fen) FROM by_service
            WHERE
                by_service.item_id = control.item_id AND by_service.year = control.year
                AND (control.town_id IS NULL OR by_service.town_id = control.town_id)
        ), 0) AS detail_fen,
        coalesce((
            SELECT sum(by_payment.fen) FROM by_payment
            WHERE
                by_payment.item_id = control.item_id AND by_payment.year = control.year
                AND (control.town_id IS NULL OR by_payment.town_id = control.town_id)
        ), 0) AS detail_by_payment_fen
    FROM control
)

SELECT
    CAST(NULL AS VARCHAR) AS person_id, item_id, year * 12 AS month,
    CAST(abs(control_fen - detail_fen) AS BIGINT) AS amount_fen, control_total_row, town_id, year,
    CAST(control_fen AS BIGINT) AS control_fen, CAST(detail_fen AS BIGINT) AS detail_fen
FROM compared
WHERE abs(control_fen - detail_fen) > $tolerance_fen AND abs(control_fen - detail_by_payment_fen) > $tolerance_fen
