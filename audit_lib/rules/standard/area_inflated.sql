---
id: AREA_INFLATED
title: 补贴面积大于确认面积
family: standard
problem: over_scope
kind: LOSS
track: problem
severity: 中
owner: item
matter: [item_id, year]
needs: [payment.person_id, payment.service_from, enrolment.person_id]
needs_somewhere: [payment.quantity, enrolment.quantity]
helps: [hukou.household_no]
tolerances:
  tolerance_mu: {type: number, default: 0.1, min: 0, max: 10, says: 不计的面积(亩)}
  tolerance_percent: {type: number, default: 5, min: 0, max: 50, says: 不计的面积占确认面积的百分比，与上一项取大}
basis: [B7, B9]
statement: "{name}一户{year}年按{paid_mu}亩领取{item}，名册确认{confirmed_mu}亩，多报面积折合{amount}元"
疑点情形: 面积类补贴的补贴面积合计大于名册确认面积
不算疑点:
  - 差额在容许范围内(二轮承包面积与确权面积的出入)
  - 名册另有流转、租入的面积
  - 同户另一人名下有确认面积
  - 名册中没有这一户，另按名册外核查
  - 失败、冲销的款项
核实办法: 核对确权、流转合同和退耕等扣除面积；必要时实地丈量；确认虚增的追回多出面积的补贴
---
WITH claimed AS (
    SELECT
        coalesce(home.household_no, payment_net.person_id) AS claimant, payment_net.item_id, item.register_name,
        payment_net.from_month // 12 AS year, payment_net.payment_row, payment_net.person_id,
        payment_net.amount_fen, payment_net.quantity
    FROM payment_net
    INNER JOIN item USING (item_id)
    LEFT JOIN home USING (person_id)
    WHERE
        item.unit = 'mu' AND payment_net.quantity > 0 AND payment_net.amount_fen > 0
        AND NOT regexp_matches(coalesce(payment_net.purpose, ''), '补差|补发|差额')
),

listed AS (
    SELECT DISTINCT
        coalesce(home.household_no, enrolled.person_id) AS claimant, enrolled.person_id, enrolled.register,
        enrolled.class, enrolled.quantity, enrolled.from_month, enrolled.to_month, enrolment.cert_no
    FROM enrolled
    INNER JOIN enrolment USING (enrolment_row)
    LEFT JOIN home ON enrolled.person_id = home.person_id
    WHERE enrolled.quantity > 0
),

ranked AS (
    SELECT
        claimed.*,
        sum(quantity) OVER (PARTITION BY claimant, item_id, year) AS paid_mu,
        row_number() OVER (PARTITION BY claimant, item_id, year ORDER BY quantity DESC, payment_row) AS place,
        max(amount_fen / quantity) OVER (PARTITION BY claimant, item_id, year) AS rate_fen
    FROM claimed
),

confirmed AS (
    SELECT ranked.payment_row, sum(listed.quantity) AS mu
    FROM ranked
    INNER JOIN listed
        ON
            ranked.claimant = listed.claimant AND ranked.register_name = listed.register
            AND listed.from_month <= ranked.year * 12 + 11 AND listed.to_month >= ranked.year * 12
    WHERE ranked.place = 1
    GROUP BY ranked.payment_row
)

SELECT
    ranked.person_id, ranked.item_id, ranked.year * 12 AS month,
    CAST(round((ranked.paid_mu - confirmed.mu) * ranked.rate_fen) AS BIGINT) AS amount_fen,
    ranked.payment_row, ranked.year, CAST(round(ranked.paid_mu, 2) AS VARCHAR) AS paid_mu,
    CAST(round(confirmed.mu, 2) AS VARCHAR) AS confirmed_mu
FROM ranked
INNER JOIN confirmed USING (payment_row)
WHERE
    round(ranked.paid_mu - confirmed.mu, 4)
    > greatest($tolerance_mu, round(confirmed.mu * $tolerance_percent / 100, 4))
