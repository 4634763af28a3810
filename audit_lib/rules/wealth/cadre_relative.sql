---
id: CADRE_RELATIVE
title: 干部近亲属享受困难补贴未备案
family: wealth
problem: over_scope
kind: EXPOSURE
track: problem
severity: 高
owner: 纪检监察、社会事业局
matter: [item_id]
needs: [payment.person_id, payment.service_from, staff.person_id, staff.post_kind]
needs_somewhere: [enrolment.filing]
helps: [hukou.household_no, hukou.relation]
tolerances: {}
basis: [B2]
statement: "{name}系{post_kind}{cadre}本人或同户近亲属，名册未登记备案，{first_month}至{last_month}领取{item}{months}个月，共{amount}元(先核备案，再核条件；名单不得公开)"
疑点情形: 村干部、民政经办人员或其同户的配偶、父母、子女、兄弟姐妹、祖孙，在任期间领取只给困难家庭的补贴，名册中没有备案
不算疑点:
  - 已备案(抽查)
  - 已卸任，以及任职当月及以前的补贴
  - 媳婿、侄甥等不属近亲属的同户人员
  - 不看家庭经济状况的项目
  - 在编教师等不是村干部和经办人员的
核实办法: 查近亲属备案表和审批、评议、公示材料；补办备案；不符合条件的停发追回并移送；不公开名单
---
WITH holder AS (
    SELECT
        staff.person_id, staff.staff_row, staff.post_kind, person.name_masked,
        coalesce(year(staff.started_on) * 12 + month(staff.started_on) - 1, 0) AS from_month,
        coalesce(year(staff.ended_on) * 12 + month(staff.ended_on) - 1, 99999) AS to_month
    FROM staff
    INNER JOIN person USING (person_id)
    WHERE
        staff.link_tier <> 'C'
        AND regexp_matches(
            staff.post_kind, '村干部|两委|村民?委|居民?委|村支|村党|党支部|党总支|支书|村(副)?主任|社区(副)?主任|村会计|文书|民政|经办'
        )
        AND NOT regexp_matches(staff.post_kind, '离任|卸任')
),

near AS (
    SELECT person_id, staff_row, post_kind, name_masked, from_month, to_month, CAST(NULL AS BIGINT) AS hukou_row FROM holder
    UNION
    SELECT other.person_id, staff_row, post_kind, name_masked, from_month, to_month, other.hukou_row
    FROM holder
    INNER JOIN household_member AS own ON holder.person_id = own.person_id
    INNER JOIN household_member AS other
        ON
            own.household_no = other.household_no
            AND NOT regexp_matches(coalesce(own.relation, '') || coalesce(other.relation, ''), '媳|婿|侄|甥|岳|公公|婆婆|非亲属|其他')
)

SELECT
    needy.person_id, needy.item_id, needy.month, needy.amount_fen, needy.payment_row, min(near.staff_row) AS staff_row,
    min(near.hukou_row) AS hukou_row,
    string_agg(DISTINCT near.post_kind, '、' ORDER BY near.post_kind) AS post_kind,
    string_agg(DISTINCT near.name_masked, '、' ORDER BY near.name_masked) AS cadre
FROM needy_payment AS needy
INNER JOIN near
    ON needy.person_id = near.person_id AND needy.month > near.from_month AND needy.month <= near.to_month
WHERE
    NOT EXISTS (
        SELECT 1 FROM enrolment
        WHERE
            enrolment.person_id = needy.person_id AND regexp_matches(coalesce(enrolment.filing, ''), '^(已备案|已备|是|有)')
    )
GROUP BY needy.person_id, needy.item_id, needy.month, needy.amount_fen, needy.payment_row
