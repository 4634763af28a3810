---
id: AMOUNT_ARITH
title: 数量乘标准不等于金额
family: standard
problem: data_quality
kind: EXPOSURE
track: management
severity: 低
owner: item
matter: [item_id]
needs: [payment.service_from]
needs_somewhere: [payment.quantity, payment.rate_fen]
tolerances:
  tolerance_fen: {type: int, default: 1, min: 0, max: 100000, says: 不计的差额(分)}
basis: [B15]
statement: "{name}的{item}清册上数量{quantity}乘标准{rate_fen}元与金额{paid_fen}元不等，相差{amount}元"
疑点情形: 清册同时印有数量、标准和金额，而三者不相等
不算疑点:
  - 差额在容许范围内
  - 标准印成四舍五入到分的数，差额由此而来
  - 一笔发几个月，金额为数量乘标准乘月数
  - 补差、补发、扣回的款项
  - 发放失败、已冲销的
核实办法: 核对原始登记的数量和标准；多发的追回，少发的补发
---
WITH computed AS (
    SELECT
        *,
        quantity * rate_fen AS once_fen,
        quantity * rate_fen * (to_month - from_month + 1) AS monthly_fen,
        greatest($tolerance_fen, quantity * 0.5) AS allowed_fen
    FROM payment_net
    WHERE
        quantity > 0 AND rate_fen > 0 AND amount_fen > 0
        AND NOT regexp_matches(coalesce(purpose, ''), '补差|补发|差额|扣')
)

SELECT
    person_id, item_id, from_month AS month,
    CAST(
        least(abs(amount_fen - round(once_fen)), abs(amount_fen - round(monthly_fen))) AS BIGINT
    ) AS amount_fen,
    payment_row, town_id, village_id, CAST(quantity AS VARCHAR) AS quantity, rate_fen, amount_fen AS paid_fen, 'A' AS tier
FROM computed
WHERE abs(amount_fen - once_fen) > allowed_fen AND abs(amount_fen - monthly_fen) > allowed_fen
