---
id: RECON_BATCH
title: 银行回盘与发放记录不符
family: recon
problem: data_quality
kind: EXPOSURE
track: management
severity: 中
owner: 财政所、银行
matter: [pay_no]
needs: [payment.service_from, bank_return.return_status]
needs_somewhere: [payment.pay_no, bank_return.pay_no]
tolerances:
  tolerance_fen: {type: int, default: 1, min: 0, max: 1000000, says: 不计的差额(分)}
basis: [B15, B10]
statement: "流水{pay_no}发放记录为{recorded}{paid_fen}元，银行回盘为{returned}{bank_fen}元，相差{amount}元"
疑点情形: 同一流水号的一笔，发放记录与银行回盘的结果或金额不一致
不算疑点:
  - 结果和金额都一致
  - 差额在容许范围内
  - 银行未回盘的
核实办法: 调取银行回单；以银行结果改正发放记录，失败的补发，金额不符的查明去向
---
WITH answer AS (
    SELECT
        pay_no, min(bank_return_row) AS bank_return_row, max(amount_fen) AS bank_fen,
        max(CASE WHEN regexp_matches(return_status, '失败|退|拒|不符|不成功|未成功|错误') THEN 0 ELSE 1 END) AS is_done
    FROM bank_return
    WHERE pay_no IS NOT NULL
    GROUP BY pay_no
),

compared AS (
    SELECT
        payment.payment_row, payment.item_id, payment.service_from AS month, payment.town_id, payment.village_id,
        payment.pay_no, payment.amount_fen AS paid_fen, answer.bank_fen, answer.bank_return_row,
        CASE WHEN payment.status = 'success' THEN 1 ELSE 0 END AS is_recorded, answer.is_done
    FROM payment
    INNER JOIN answer USING (pay_no)
    WHERE payment.status IN ('success', 'failed', 'returned') AND payment.service_from IS NOT NULL
)

SELECT
    CAST(NULL AS VARCHAR) AS person_id, item_id, month,
    CASE WHEN is_recorded = is_done THEN abs(paid_fen - bank_fen) ELSE paid_fen END AS amount_fen,
    payment_row, bank_return_row, town_id, village_id, pay_no, paid_fen, bank_fen,
    CASE WHEN is_recorded = 1 THEN '成功' ELSE '失败' END AS recorded,
    CASE WHEN is_done = 1 THEN '成功' ELSE '失败' END AS returned
FROM compared
WHERE is_recorded <> is_done OR abs(paid_fen - bank_fen) > $tolerance_fen
