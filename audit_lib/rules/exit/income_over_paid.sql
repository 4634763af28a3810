---
id: INCOME_OVER_PAID
title: 家庭收入超过低保标准仍领取低保
family: exit
problem: not_exited
kind: LOSS
track: problem
severity: 中
owner: item
matter: [item_id]
needs: [payment.person_id, payment.service_from, hukou.household_no, hukou.person_id]
helps: [staff.monthly_pay_fen, social_ins.scheme, tax.income_fen, enrolment.register, custody.started_on]
tolerances:
  factor: {type: number, default: 1.0, min: 0.5, max: 5, says: 人均收入超过低保标准的倍数}
  months: {type: int, default: 3, min: 1, max: 24, says: 连续超过标准的最少月数}
basis: [B1, B2, B3]
statement: "{name}家庭{first_month}至{last_month}中{months}个月的月收入最高{income_fen}元，超过{insured}人的低保标准{line_fen}元，仍领取{item}{amount}元"
疑点情形: 共同生活家庭成员的月收入合计除以保障人数，连续若干个月超过低保标准，仍领取低保金
不算疑点:
  - 按政策不计入收入的款项(居民基础养老金、抚恤、计生奖扶、残疾人补贴)
  - 已停缴、中断的社保缴费基数，灵活就业人员自行缴费
  - 疑似身份被盗用者名下的收入
  - 服刑、迁出、死亡等不再共同生活的成员的收入
  - 同一份工作在工资、社保、纳税中重复出现(只取最大一项)
  - 连续超过标准不足规定月数
  - 一次性补偿、财产转让所得
核实办法: 核对工资流水和社保、纳税记录是否本人真实收入；核对家庭成员与保障人数；按当地渐退期规定计算应停月份
---
WITH dibao AS (
    SELECT drawn.item_id, item.register_name, drawn.month, max(standard.amount_fen) AS line_fen
    FROM (SELECT DISTINCT item_id, month FROM paid_month) AS drawn
    INNER JOIN item ON drawn.item_id = item.item_id
    INNER JOIN standard
        ON drawn.item_id = standard.item_id AND drawn.month BETWEEN standard.from_month AND coalesce(standard.to_month, 99999)
    WHERE starts_with(item.register_name, 'dibao') AND item.unit = 'person_month'
    GROUP BY drawn.item_id, item.register_name, drawn.month
),

dibao_paid AS (
    SELECT paid_month.*, home.household_no, dibao.line_fen, dibao.register_name
    FROM paid_month
    INNER JOIN home USING (person_id)
    INNER JOIN dibao ON paid_month.item_id = dibao.item_id AND paid_month.month = dibao.month
),

insured AS (
    SELECT
        home.household_no, enrolled.register, dibao_month.month, min(enrolled.enrolment_row) AS enrolment_row,
        greatest(max(coalesce(enrolled.quantity, 1)), count(DISTINCT enrolled.person_id)) AS people
    FROM enrolled
    INNER JOIN home USING (person_id)
    INNER JOIN (SELECT DISTINCT household_no, month FROM dibao_paid) AS dibao_month
        ON
            home.household_no = dibao_month.household_no
            AND dibao_month.month BETWEEN enrolled.from_month AND enrolled.to_month
    GROUP BY home.household_no, enrolled.register, dibao_month.month
),

over_month AS (
    SELECT DISTINCT
        dibao_paid.household_no, dibao_paid.item_id, dibao_paid.month, household_income.income_fen,
        household_income.staff_row, household_income.social_ins_row, household_income.tax_row,
        insured.enrolment_row, coalesce(insured.people, household_size.members) AS insured,
        dibao_paid.line_fen * coalesce(insured.people, household_size.members) AS line_fen
    FROM dibao_paid
    INNER JOIN household_income USING (household_no, month)
    INNER JOIN household_size USING (household_no, month)
    LEFT JOIN insured
        ON
            dibao_paid.household_no = insured.household_no AND dibao_paid.month = insured.month
            AND dibao_paid.register_name = insured.register
    WHERE
        household_income.income_fen
        > dibao_paid.line_fen * $factor * coalesce(insured.people, household_size.members)
),

stretch AS (
    SELECT
        over_month.*,
        month - row_number() OVER (PARTITION BY household_no, item_id ORDER BY month) AS stretch_no
    FROM over_month
),

long_stretch AS (
    SELECT stretch.*, count(*) OVER (PARTITION BY household_no, item_id, stretch_no) AS stretch_months
    FROM stretch
)

SELECT
    dibao_paid.person_id, dibao_paid.item_id, dibao_paid.month, dibao_paid.amount_fen, dibao_paid.payment_row,
    long_stretch.staff_row, long_stretch.social_ins_row, long_stretch.tax_row, long_stretch.enrolment_row,
    long_stretch.income_fen, CAST(long_stretch.line_fen AS BIGINT) AS line_fen,
    CAST(long_stretch.insured AS BIGINT) AS insured
FROM dibao_paid
INNER JOIN long_stretch
    ON
        dibao_paid.household_no = long_stretch.household_no AND dibao_paid.item_id = long_stretch.item_id
        AND dibao_paid.month = long_stretch.month
WHERE long_stretch.stretch_months >= $months
