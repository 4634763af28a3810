---
id: CASH_PAID
title: 现金发放
family: channel
problem: off_system
kind: EXPOSURE
track: management
severity: 高
owner: item
matter: [item_id, town_id]
needs: [payment.channel, payment.service_from]
tolerances: {}
basis: [B10]
statement: "{town}{item}以现金发放{payments}笔{amount}元"
疑点情形: 补贴以现金发放，没有打入账户
不算疑点:
  - 按次发放的应急救助(应有签收表和两名经办人)
  - 打入账户的
核实办法: 核对签收表、经办人和领款人；抽查领款人是否足额得到
---
SELECT
    CAST(NULL AS VARCHAR) AS person_id, paid_month.item_id, paid_month.month, paid_month.amount_fen,
    payment_net.payment_row, payment_net.town_id, payment_net.village_id,
    dense_rank() OVER (
        PARTITION BY payment_net.item_id, payment_net.town_id ORDER BY payment_net.payment_row
    ) AS payments
FROM payment_net
INNER JOIN paid_month USING (payment_row)
INNER JOIN item ON payment_net.item_id = item.item_id
WHERE payment_net.channel = 'cash' AND item.freq <> 'event'
