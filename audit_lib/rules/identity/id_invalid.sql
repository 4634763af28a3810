---
id: ID_INVALID
title: 身份证号无效
family: identity
problem: data_quality
kind: EXPOSURE
track: management
severity: 低
owner: item
matter: []
needs: [payment.id_status]
tolerances:
  cut_percent: {type: number, default: 20, min: 0, max: 100, says: 一张表中末位被截断的证号超过此比例，视为文件损坏，不计个人}
basis: [B14]
statement: "{name}的{payments}笔补贴所用身份证号{id_fault}，涉及{amount}元"
疑点情形: 补贴发放所用的身份证号码位数、出生日期或校验码不成立
不算疑点:
  - 15位旧号(换算为18位后有效)、原莒南县旧区划代码
  - 公示用的掩码号码、空缺号码
  - 表格软件把整个文件的号码截断(退回文件，不计个人)
  - 发放失败、已冲销的
核实办法: 核对身份证复印件改正号码；改正后重新比对死亡、户籍等名册；属管理不规范，不等于不应享受
---
WITH sheet_share AS (
    SELECT
        payment_row // 10000000 AS sheet_no,
        100.0 * sum(CASE WHEN id_status = 'excel_cut' THEN 1 ELSE 0 END) / count(*) AS cut_percent
    FROM payment
    GROUP BY payment_row // 10000000
)

SELECT
    payment_net.person_id, payment_net.item_id, paid_month.month, paid_month.amount_fen,
    payment_net.payment_row, payment_net.town_id, payment_net.village_id, 'A' AS tier,
    dense_rank() OVER (PARTITION BY payment_net.person_id ORDER BY payment_net.payment_row) AS payments,
    CASE payment_net.id_status
        WHEN 'length' THEN '位数不符'
        WHEN 'characters' THEN '含非法字符'
        WHEN 'birth' THEN '出生日期不成立'
        WHEN 'check_digit' THEN '校验码不符'
        ELSE '被表格软件截断'
    END AS id_fault
FROM payment_net
INNER JOIN paid_month USING (payment_row)
INNER JOIN sheet_share ON payment_net.payment_row // 10000000 = sheet_share.sheet_no
WHERE
    payment_net.id_status NOT IN ('valid', 'masked', 'empty')
    AND NOT (payment_net.id_status = 'excel_cut' AND sheet_share.cut_percent > $cut_percent)
