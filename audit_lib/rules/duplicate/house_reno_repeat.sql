---
id: HOUSE_RENO_REPEAT
title: 危房改造重复享受或对象不符
family: duplicate
problem: not_exited
kind: LOSS
track: problem
severity: 高
owner: item
matter: [item_id]
needs: [payment.person_id, payment.service_from, enrolment.person_id, enrolment.register]
helps: [hukou.household_no, enrolment.approved_on]
tolerances:
  years: {type: int, default: 10, min: 1, max: 50, says: 多少年内不得重复享受}
unable:
  - says: 四类对象名册没有收齐，未判断对象是否相符
    sql: >-
      SELECT count(*) FROM payment_net INNER JOIN item USING (item_id)
      WHERE item.register_name = 'house_reno' AND 4 > (
      SELECT count(DISTINCT register) FROM enrolment WHERE register IN ('dibao_rural', 'tekun', 'poverty', 'disability'))
basis: [B8]
statement: "{name}家庭{first_month}领取{item}{amount}元，{reason}"
疑点情形: 家庭在规定年限内已享受过危房改造，或已享受易地扶贫搬迁，或不属于建档立卡、低保、特困、贫困残疾人四类对象
不算疑点:
  - 同一次审批分次拨付
  - 审批时属于四类对象、之后才退出
  - 名册登记的户主与领款人不是同一人但同户
  - 上一次危房改造已超过规定年限
  - 四类名册没有收齐时不判断对象是否相符
核实办法: 调取两次审批和验收档案；核对搬迁协议；核对审批时家庭是否属于四类对象；确认后追回补助
---
WITH reno AS (
    SELECT payment_net.payment_row, payment_net.person_id, payment_net.item_id, payment_net.from_month AS month, payment_net.amount_fen
    FROM payment_net
    INNER JOIN item USING (item_id)
    WHERE item.register_name = 'house_reno' AND payment_net.link_tier <> 'C'
),

approval AS (
    SELECT
        reno.payment_row, covered.enrolment_row, covered.from_month,
        row_number() OVER (
            PARTITION BY reno.payment_row ORDER BY abs(covered.from_month - reno.month), covered.enrolment_row
        ) AS place
    FROM reno
    INNER JOIN covered ON reno.person_id = covered.person_id AND covered.register = 'house_reno'
),

present AS (
    SELECT reno.*, approval.from_month AS approved_month
    FROM reno
    LEFT JOIN approval ON reno.payment_row = approval.payment_row AND approval.place = 1
),

doubt AS (
    SELECT present.payment_row, approval.enrolment_row, 1 AS rank
    FROM present
    INNER JOIN approval USING (payment_row)
    WHERE
        approval.from_month < present.approved_month
        AND approval.from_month >= present.approved_month - 12 * $years
    UNION ALL
    SELECT present.payment_row, covered.enrolment_row, 2 AS rank
    FROM present
    INNER JOIN covered ON present.person_id = covered.person_id AND covered.register = 'relocation'
    UNION ALL
    SELECT present.payment_row, CAST(NULL AS BIGINT) AS enrolment_row, 3 AS rank
    FROM present
    WHERE
        (SELECT count(DISTINCT register) FROM enrolment WHERE register IN ('dibao_rural', 'tekun', 'poverty', 'disability')) = 4
        AND NOT EXISTS (
            SELECT 1 FROM covered
            WHERE
                covered.person_id = present.person_id
                AND covered.register IN ('dibao_rural', 'dibao_urban', 'tekun', 'poverty', 'disability')
                AND covered.from_month <= present.month
                AND covered.to_month >= least(nullif(coalesce(present.approved_month, 0), 0), present.month)
        )
),

first_doubt AS (
    SELECT payment_row, min(rank) AS rank, min(enrolment_row) AS enrolment_row FROM doubt GROUP BY payment_row
)

SELECT
    reno.person_id, reno.item_id, reno.month, reno.amount_fen, reno.payment_row, first_doubt.enrolment_row,
    CASE first_doubt.rank WHEN 1 THEN '此前已享受过危房改造' WHEN 2 THEN '又享受易地扶贫搬迁' ELSE '不属于四类重点对象' END AS reason
FROM reno
INNER JOIN first_doubt USING (payment_row)
