---
id: TEKUN_HAS_SUPPORTER
title: 特困人员有法定赡养人
family: wealth
problem: over_scope
kind: LOSS
track: problem
severity: 中
owner: 社会事业局
matter: [item_id]
needs: [payment.person_id, payment.service_from, hukou.household_no, hukou.person_id, hukou.relation]
helps: [hukou.birth_on, enrolment.register, custody.started_on, social_ins.scheme, tax.income_fen]
tolerances:
  adult_age: {type: int, default: 18, min: 16, max: 25, says: 有能力的赡养人最低周岁}
  old_age: {type: int, default: 60, min: 50, max: 80, says: 达到该周岁的不再视为有赡养能力}
basis: [B5]
statement: "特困人员{name}同户有{kin}{supporter}，有赡养能力，{first_month}至{last_month}领取{item}{months}个月，共{amount}元(待核实)"
疑点情形: 特困人员的户口簿上有成年子女或配偶在一起生活，且子女、配偶健全、未满60周岁、不是低保或特困对象、不在服刑，仍领取特困供养
不算疑点:
  - 子女未成年或当月才满18周岁
  - 子女、配偶残疾、服刑、本身享受低保或特困
  - 子女、配偶已满60周岁
  - 子女、配偶已死亡、迁出的月份
  - 兄弟姐妹、侄甥、媳婿、孙辈，不是法定赡养人
  - 出生日期不明的
  - 当月没有工资、参保、纳税收入，看不出赡养能力的，只列待核(C级)，不计入合计
核实办法: 查户籍、婚姻、收养登记；入户了解赡养能力和实际赡养；确认有赡养人的按规定退出
---
WITH resident AS (
    SELECT
        household_member.*, year(person.birth_on) * 12 + month(person.birth_on) - 1 AS birth_month, person.name_masked,
        regexp_matches(relation, '^(户主|本人)') AS is_head, regexp_matches(relation, '^(配偶|妻|夫|丈夫|妻子)$') AS is_spouse,
        regexp_matches(relation, '子|女|儿') AND NOT regexp_matches(relation, '妻子|孙|媳|婿|侄|甥|外|弟|妹|兄|姐') AS is_child,
        regexp_matches(relation, '^(父|母|父亲|母亲)$') AS is_parent
    FROM household_member
    INNER JOIN person USING (person_id)
    WHERE relation IS NOT NULL
),

kin AS (
    SELECT
        own.person_id, other.person_id AS supporter_id, other.hukou_row, other.name_masked AS supporter, other.birth_month,
        coalesce(other.last_month, 99999) AS until_month, CASE WHEN other.is_spouse OR own.is_spouse THEN '配偶' ELSE '子女' END AS kin
    FROM resident AS own
    INNER JOIN resident AS other ON own.household_no = other.household_no
    WHERE
        (own.is_head AND (other.is_spouse OR other.is_child))
        OR (other.is_head AND (own.is_spouse OR own.is_parent))
        OR (own.is_spouse AND other.is_child)
)

SELECT
    paid_month.person_id, paid_month.item_id, paid_month.month, paid_month.amount_fen, paid_month.payment_row,
    min(kin.hukou_row) AS hukou_row, string_agg(DISTINCT kin.supporter, '、' ORDER BY kin.supporter) AS supporter,
    string_agg(DISTINCT kin.kin, '、' ORDER BY kin.kin) AS kin,
    CASE WHEN count(month_income.person_id) = 0 THEN 'C' END AS tier
FROM paid_month
INNER JOIN item ON paid_month.item_id = item.item_id AND item.register_name = 'tekun' AND item.level = 'P'
INNER JOIN kin ON paid_month.person_id = kin.person_id AND paid_month.month <= kin.until_month
LEFT JOIN month_income ON kin.supporter_id = month_income.person_id AND paid_month.month = month_income.month
WHERE
    paid_month.month - kin.birth_month > $adult_age * 12 AND paid_month.month - kin.birth_month < $old_age * 12
    AND NOT EXISTS (
        SELECT 1 FROM enrolled
        WHERE
            enrolled.person_id = kin.supporter_id
            AND (enrolled.register IN ('disability', 'tekun') OR starts_with(enrolled.register, 'dibao'))
            AND paid_month.month BETWEEN enrolled.from_month AND enrolled.to_month
    )
    AND NOT EXISTS (
        SELECT 1 FROM in_custody
        WHERE
            in_custody.person_id = kin.supporter_id
            AND paid_month.month BETWEEN in_custody.from_month AND in_custody.to_month
    )
GROUP BY paid_month.person_id, paid_month.item_id, paid_month.month, paid_month.amount_fen, paid_month.payment_row
