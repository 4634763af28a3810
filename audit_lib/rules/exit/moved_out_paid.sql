---
id: MOVED_OUT_PAID
title: 户口迁出后仍领取补贴
family: exit
problem: not_exited
kind: LOSS
track: problem
severity: 中
owner: item
matter: [item_id]
needs: [payment.person_id, payment.service_from, hukou.person_id]
needs_somewhere: [hukou.moved_out_on]
tolerances:
  grace_months: {type: int, default: 0, min: 0, max: 24, says: 迁出当月之后再宽限的月数(项目自身的宽限另加)}
basis: [B2, B16, B17]
statement: "{name}户口于{moved_out_on}迁往{moved_out_to}，{first_month}至{last_month}仍领取{item}{months}个月，共{amount}元。{clock}"
疑点情形: 户口已迁出本区，迁出次月起仍领取以本区户口为条件的补贴
不算疑点:
  - 在本区各镇之间迁移(只改变所属镇)
  - 迁出当月的补贴
  - 不以户口为条件的项目(如耕地地力保护补贴随地不随人)
  - 学生升学迁入学校集体户
  - 迁出后又迁回
  - 水库移民直补，按安置登记地扶持
  - 一笔发给全家多人的补贴，只算迁出者一人的份额，留在户内成员的份额不算
核实办法: 向公安机关核对迁出日期和迁往地；核对项目文件是否以本区户口为条件；确认后停发并追回迁出次月以后的补贴
---
WITH latest_entry AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY person_id ORDER BY coalesce(moved_out_on, DATE '9999-12-31') DESC, hukou_row
        ) AS place
    FROM hukou
    WHERE person_id IS NOT NULL
),

gone AS (
    SELECT
        person_id, hukou_row, moved_out_on, coalesce(moved_out_to, '区外') AS moved_out_to,
        year(moved_out_on) * 12 + month(moved_out_on) - 1 AS left_month
    FROM latest_entry
    WHERE
        place = 1
        AND (moved_in_on IS NULL OR moved_in_on <= moved_out_on)
        AND NOT regexp_matches(coalesce(moved_out_to, ''), '大学|学院|学校|中专|技校')
        AND NOT EXISTS (
            SELECT 1 FROM area
            WHERE contains(latest_entry.moved_out_to, regexp_replace(area.town, '(镇|乡|街道)$', ''))
        )
)

SELECT
    paid_share.person_id, paid_share.item_id, paid_share.month,
    CASE
        WHEN survivor.household_no IS NULL OR paid_share.month <= survivor.until_month THEN paid_share.share_fen
        ELSE paid_share.amount_fen
    END AS amount_fen,
    paid_share.payment_row, gone.hukou_row, gone.moved_out_on, gone.moved_out_to,
    gone.moved_out_on AS event_on, '公安户籍迁出登记' AS event_source, item.grace_months + $grace_months AS grace,
    gone.left_month + 1 + item.grace_months + $grace_months AS wrong_month
FROM paid_share
INNER JOIN gone USING (person_id)
INNER JOIN item USING (item_id)
LEFT JOIN household_survivor AS survivor USING (person_id)
WHERE
    item.hukou_required AND coalesce(item.register_name, '') <> 'resettler'
    AND paid_share.month > gone.left_month + item.grace_months + $grace_months
