---
id: DISABILITY_MISMATCH
title: 残疾证无效或等级不符
family: scope
problem: over_scope
kind: LOSS
track: problem
severity: 中
owner: 残联
matter: [item_id]
needs: [payment.person_id, payment.service_from, enrolment.person_id, enrolment.register]
needs_somewhere: [enrolment.class]
helps: [hukou.household_no, enrolment.stop_reason]
tolerances:
  levels: {type: text, default: "一级|二级|^[12]级?$", says: 可享受护理补贴的残疾等级(文字或正则)}
  poor: {type: text, default: "^(dibao|low_income|poverty|tekun|orphan)", says: 可享受生活补贴的困难家庭名册(编号开头)}
  void: {type: text, default: "注销|冻结|过期|失效|作废|撤销|吊销", says: 表示残疾证无效的停发原因}
unable:
  - says: 低保名册未收到，不能判断是否困难家庭
    sql: >-
      SELECT count(*) FROM payment_net INNER JOIN item USING (item_id)
      WHERE item.register_name = 'disability' AND contains(item.name, '生活')
      AND NOT EXISTS (SELECT 1 FROM enrolment WHERE starts_with(register, 'dibao'))
basis: [B4]
statement: "{name}{doubt}，{first_month}至{last_month}领取{item}{months}个月，共{amount}元"
疑点情形: 残疾等级不在护理补贴范围内，或家庭不是低保等困难家庭而领取生活补贴，或残疾证已注销冻结，或按更高等级的标准发放(只算差额)
不算疑点:
  - 重新评定期间，当月或上月另有符合等级的残疾证记录
  - 家庭成员当月或上月仍在低保等困难名册中
  - 残疾证注销、冻结当月的补贴
  - 没有残疾等级的记录，无法判断
  - 低保名册未收到的，不判断是否困难家庭；户籍不明的，不判断家庭
  - 只收到低保名册、没有低收入名册的，不在低保名册的只列待核(C级)，不计入合计
核实办法: 查残疾证系统的等级、有效期和状态；核对低保、低收入家庭认定；等级变更的核对次月是否调整
---
WITH allowance AS (
    SELECT paid_month.*, contains(item.name, '护理') AS is_nursing, contains(item.name, '生活') AS is_living
    FROM paid_month
    INNER JOIN item ON paid_month.item_id = item.item_id AND item.register_name = 'disability'
),

entry AS (SELECT * FROM enrolled WHERE register = 'disability' AND link_tier <> 'C'),

-- what stood in the register in the month or the month before
listed AS (
    SELECT allowance.payment_row, allowance.month, allowance.item_id, allowance.amount_fen, entry.enrolment_row, entry.class
    FROM allowance
    INNER JOIN entry
        ON
            allowance.person_id = entry.person_id
            AND entry.from_month <= allowance.month AND entry.to_month >= allowance.month - 1
),

classed AS (
    SELECT
        payment_row, month, min(enrolment_row) AS enrolment_row, string_agg(DISTINCT class, '、' ORDER BY class) AS class,
        bool_or(class IS NULL) AS is_unknown, bool_or(regexp_matches(coalesce(class, ''), $levels)) AS is_severe
    FROM listed
    GROUP BY payment_row, month
),

voided AS (
    SELECT person_id, min(enrolment_row) AS enrolment_row, max(to_month) AS to_month
    FROM entry
    GROUP BY person_id
    HAVING bool_or(regexp_matches(coalesce(stop_reason, ''), $void))
),

doubted AS (
    SELECT
        allowance.*, classed.enrolment_row, '残疾等级为' || classed.class || '，不在护理补贴范围' AS doubt, NULL AS tier
    FROM allowance
    INNER JOIN classed USING (payment_row, month)
    WHERE allowance.is_nursing AND NOT classed.is_severe AND NOT classed.is_unknown
    UNION ALL
    SELECT allowance.*, voided.enrolment_row, '残疾证已注销或冻结' AS doubt, NULL AS tier
    FROM allowance
    INNER JOIN voided ON allowance.person_id = voided.person_id AND allowance.month > voided.to_month
    UNION ALL
    SELECT
        allowance.*, classed.enrolment_row, '家庭不在低保等困难名册' AS doubt,
        CASE WHEN 'low_income' NOT IN (SELECT register FROM enrolment) THEN 'C' END AS tier
    FROM allowance
    INNER JOIN classed USING (payment_row, month)
    INNER JOIN home ON allowance.person_id = home.person_id
    WHERE
        allowance.is_living AND EXISTS (SELECT 1 FROM enrolment WHERE starts_with(register, 'dibao'))
        AND NOT EXISTS (
            SELECT 1 FROM covered
            WHERE
                covered.person_id = allowance.person_id AND regexp_matches(covered.register, $poor)
                AND covered.from_month <= allowance.month AND covered.to_month >= allowance.month - 1
        )
),

-- what the payee's best class of this and the last month is due, where the rate of a higher class was paid
graded AS (
    SELECT
        listed.payment_row, listed.month, min(listed.enrolment_row) AS enrolment_row,
        min(listed.amount_fen - own.amount_fen) AS over_fen, string_agg(DISTINCT listed.class, '、' ORDER BY listed.class) AS class
    FROM listed
    INNER JOIN standard AS own
        ON
            listed.item_id = own.item_id AND listed.class = own.class_name
            AND listed.month BETWEEN own.from_month AND coalesce(own.to_month, 99999)
    INNER JOIN standard AS paid
        ON
            listed.item_id = paid.item_id AND listed.amount_fen = paid.amount_fen AND paid.class_name <> ''
            AND listed.month BETWEEN paid.from_month AND coalesce(paid.to_month, 99999)
    GROUP BY listed.payment_row, listed.month
),

-- of several doubts about one month the certain one stands, and of these the largest
ranked AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY payment_row, month ORDER BY coalesce(tier, 'A'), amount_fen DESC, doubt, enrolment_row
        ) AS place
    FROM (
        SELECT person_id, item_id, month, amount_fen, payment_row, enrolment_row, doubt, tier FROM doubted
        UNION ALL
        SELECT
            allowance.person_id, allowance.item_id, allowance.month, graded.over_fen AS amount_fen, graded.payment_row,
            graded.enrolment_row, '残疾等级为' || graded.class || '，按更高等级的标准发放' AS doubt, NULL AS tier
        FROM graded
        INNER JOIN allowance USING (payment_row, month)
        WHERE graded.over_fen > 0
    ) AS together
)

SELECT person_id, item_id, month, amount_fen, payment_row, enrolment_row, doubt, tier
FROM ranked
WHERE place = 1
