---
id: PARCEL_DUP
title: 同一地块两户申报
family: standard
problem: over_scope
kind: LOSS
track: problem
severity: 高
owner: item
matter: [item_id, year]
needs: [payment.person_id, payment.service_from, enrolment.person_id]
needs_somewhere: [enrolment.cert_no]
helps: [hukou.household_no]
tolerances: {}
basis: [B7, B9]
statement: "{name}{year}年申报的地块(证号{cert_no})已由另一户申报，涉及{item}{amount}元"
疑点情形: 两户以同一承包合同或权证号领取同一年度的面积类补贴
不算疑点:
  - 同一户的两名成员
  - 年度不同，权属已经变更
  - 另一户没有领取补贴
核实办法: 核对权证原件和流转协议；由实际种植一方享受，追回另一方
---
WITH claim AS (
    SELECT DISTINCT
        enrolled.person_id, enrolled.register, enrolment.cert_no, enrolled.approved_on, enrolled.quantity,
        coalesce(home.household_no, enrolled.person_id) AS claimant,
        enrolled.from_month, enrolled.to_month
    FROM enrolled
    INNER JOIN enrolment USING (enrolment_row)
    LEFT JOIN home ON enrolled.person_id = home.person_id
    WHERE
        enrolled.link_tier <> 'C' AND enrolment.cert_no IS NOT NULL
),

paid AS (
    SELECT
        claim.cert_no, claim.claimant, claim.person_id, claim.approved_on, claim.quantity,
        payment_net.item_id, payment_net.from_month // 12 AS year, payment_net.payment_row,
        payment_net.amount_fen, payment_net.quantity AS paid_mu
    FROM claim
    INNER JOIN item ON claim.register = item.register_name AND item.unit = 'mu'
    INNER JOIN payment_net ON claim.person_id = payment_net.person_id AND item.item_id = payment_net.item_id
    WHERE
        payment_net.amount_fen > 0
        AND claim.from_month <= payment_net.to_month AND claim.to_month >= payment_net.from_month
),

ranked AS (
    SELECT
        paid.*,
        first_value(claimant) OVER earliest_first AS first_claimant,
        first_value(payment_row) OVER earliest_first AS first_row
    FROM paid
    WINDOW earliest_first AS (
        PARTITION BY cert_no, item_id, year ORDER BY coalesce(approved_on, DATE '9999-12-31'), claimant, payment_row
    )
)

SELECT
    person_id, item_id, year * 12 AS month,
    CAST(round(least(amount_fen * quantity / paid_mu, amount_fen)) AS BIGINT) AS amount_fen,
    payment_row, first_row AS other_payment_row, year, cert_no
FROM ranked
WHERE claimant <> first_claimant
