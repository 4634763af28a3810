---
id: PAY_FAILED_NOT_REISSUED
title: 发放失败未重发
family: account
problem: failed_payment
kind: OWED
track: problem
severity: 中
owner: item
matter: [item_id]
needs: [payment.person_id, payment.service_from]
needs_somewhere: [payment.status]
helps: [death.died_on]
tolerances:
  days: {type: int, default: 30, min: 0, max: 365, says: 失败之后多少天内重发不算未重发}
basis: [B10]
statement: "{name}{first_month}至{last_month}的{item}发放失败{failures}笔({fail_reason})，至今没有重发，应补发{amount}元"
疑点情形: 补贴发放失败或被退回，之后没有向本人重发同一项目同一时期的款项
不算疑点:
  - 之后已重发成功
  - 并入下一期一并补发
  - 重发前本人已死亡
  - 失败不久、尚在重发期限内
核实办法: 核对失败原因(户名不符、销户、证件过期)；通知本人更换账户后补发；核对退回资金是否入账
---
WITH failed AS (
    SELECT
        payment.*,
        service_from AS month, coalesce(service_to, service_from) AS last_month,
        count(*) OVER (PARTITION BY person_id, item_id) AS failures
    FROM payment
    WHERE
        status IN ('failed', 'returned') AND reissue_of IS NULL
        AND person_id IS NOT NULL
),

made_good AS (
    SELECT failed.payment_row
    FROM failed
    INNER JOIN payment_net
        ON failed.pay_no = payment_net.reissue_of AND failed.item_id = payment_net.item_id
    UNION
    SELECT failed.payment_row
    FROM failed
    INNER JOIN payment_net
        ON
            failed.person_id = payment_net.person_id AND failed.item_id = payment_net.item_id
            AND payment_net.from_month <= failed.month
            AND payment_net.to_month >= failed.last_month
    UNION
    SELECT failed.payment_row
    FROM failed
    INNER JOIN payment_net
        ON
            failed.person_id = payment_net.person_id AND failed.item_id = payment_net.item_id
            AND payment_net.from_month > failed.month AND payment_net.from_month <= failed.month + 12
            AND (
                regexp_matches(coalesce(payment_net.purpose, ''), '补发|重发|合并')
                OR payment_net.amount_fen = 2 * failed.amount_fen
            )
),

owed AS (
    SELECT
        failed.*, failed.last_month - failed.month + 1 AS months,
        unnest(generate_series(failed.month, failed.last_month)) AS owed_month
    FROM failed
    LEFT JOIN made_good USING (payment_row)
    LEFT JOIN death_best USING (person_id)
    WHERE
        made_good.payment_row IS NULL
        AND (
            death_best.person_id IS NULL
            OR coalesce(date_diff('day', failed.paid_on, death_best.died_on) > $days, death_best.death_month > failed.month + 1)
        )
        AND (
            failed.paid_on IS NULL
            OR date_diff('day', failed.paid_on, (SELECT max(paid_on) FROM payment)) > $days
        )
)

SELECT
    person_id, item_id, owed_month AS month,
    CASE
        WHEN owed_month < last_month THEN amount_fen // months
        ELSE amount_fen - amount_fen // months * (months - 1)
    END AS amount_fen,
    payment_row, coalesce(fail_reason, '原因不明') AS fail_reason, failures
FROM owed
