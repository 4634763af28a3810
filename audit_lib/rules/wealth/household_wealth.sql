---
id: HOUSEHOLD_WEALTH
title: 家庭经济状况综合疑点
family: wealth
problem: over_scope
kind: NONE
track: management
severity: 中
owner: 社会事业局
matter: [household_no]
needs: [payment.person_id, payment.service_from, hukou.person_id, hukou.household_no]
helps: [company.registered_on, vehicle.registered_on, property.registered_on, social_ins.scheme, tax.income_fen]
tolerances:
  company: {type: int, default: 35, min: 0, max: 100, says: 本市公司一家的分值(直接)}
  shop: {type: int, default: 15, min: 0, max: 100, says: 个体工商户一家的分值(直接)}
  car: {type: int, default: 35, min: 0, max: 100, says: 小客车一辆的分值(直接)}
  old_car: {type: int, default: 20, min: 0, max: 100, says: 登记多年的旧车一辆的分值(直接)}
  old_car_years: {type: int, default: 8, min: 1, max: 30, says: 登记满几年算旧车}
  estate: {type: int, default: 40, min: 0, max: 100, says: 商铺、商品房一处的分值(直接)}
  second_home: {type: int, default: 35, min: 0, max: 100, says: 第二套起每套住房的分值(直接)}
  pension: {type: int, default: 25, min: 0, max: 100, says: 职工养老金一人的分值(间接)}
  insured: {type: int, default: 20, min: 0, max: 100, says: 单位参保一人的分值(间接)}
  tax: {type: int, default: 25, min: 0, max: 100, says: 申报收入超过低保标准一年的分值(间接)}
  weak: {type: int, default: 0, min: 0, max: 100, says: 合作社、农用车、安置房等弱线索一项的分值}
  combined: {type: int, default: 10, min: 0, max: 100, says: 直接和间接线索都有时另加的分值}
  strong: {type: int, default: 60, min: 1, max: 200, says: 达到该分为高}
  medium: {type: int, default: 35, min: 1, max: 200, says: 达到该分为中，不到为低}
  least: {type: int, default: 15, min: 1, max: 200, says: 不到该分的不列}
basis: [B2, B3]
statement: "{name}一户经济状况疑点{points}分：{reasons}。享受困难补贴期间涉及{amount}元，请按分值从高到低入户核实"
疑点情形: 把一户共同生活成员的公司、车辆、房产(直接)和养老金、参保、纳税(间接)线索合计为一个分值，写明理由，供镇按分值从高到低入户核实；只作提示，不计入问题金额
不算疑点:
  - 合作社成员、农用车、货车、摩托车、安置房、继承房、宅基地(默认零分，可在参数中调整)
  - 已报废、转移的车，已注销、吊销的企业
  - 只有一套住房，不是商品房
  - 登记当月及以前、已不再共同生活的月份
  - 疑似身份被盗用者名下的财产；登记在外地的企业，另行核实身份
  - 家庭没有领取困难补贴
核实办法: 按分值从高到低入户核实，看房、看车、问收入；逐条核对理由，排除的写明原因；确认不符合条件的按规定退出
---
WITH active AS (
    SELECT wealth_evidence.*, drawn.first_month
    FROM wealth_evidence
    INNER JOIN (
        SELECT wealth_evidence.household_key, label, evidence, min(needy_household.month) AS first_month
        FROM wealth_evidence
        INNER JOIN needy_household
            ON
                wealth_evidence.household_key = needy_household.household_key
                AND needy_household.month > wealth_evidence.from_month AND needy_household.month <= wealth_evidence.to_month
        GROUP BY wealth_evidence.household_key, label, evidence
    ) AS drawn USING (household_key, label, evidence)
),

single AS (
    SELECT
        household_key, evidence, label, first_month, min(from_month) AS from_month,
        row_number() OVER (PARTITION BY household_key, evidence ORDER BY min(from_month), label) AS place
    FROM active
    GROUP BY household_key, evidence, label, first_month
),

weighed AS (
    SELECT
        *,
        CASE evidence
            WHEN 'company' THEN $company WHEN 'shop' THEN $shop WHEN 'estate' THEN $estate WHEN 'pension' THEN $pension
            WHEN 'insured' THEN $insured WHEN 'tax' THEN $tax WHEN 'weak' THEN $weak
            WHEN 'car' THEN CASE WHEN first_month - from_month >= $old_car_years * 12 THEN $old_car ELSE $car END
            WHEN 'home' THEN CASE WHEN place > 1 THEN $second_home ELSE 0 END
        END AS points,
        CASE evidence
            WHEN 'company' THEN '公司' WHEN 'shop' THEN '个体户' WHEN 'estate' THEN '商铺或商品房' WHEN 'pension' THEN '职工养老金'
            WHEN 'insured' THEN '单位参保' WHEN 'tax' THEN '申报收入' WHEN 'weak' THEN '弱线索' WHEN 'car' THEN '车辆' WHEN 'home' THEN '住房'
        END AS caption
    FROM single
),

summed AS (
    SELECT
        household_key, sum(points) AS points,
        max(CASE WHEN evidence IN ('company', 'shop', 'car', 'estate', 'home') THEN points ELSE 0 END) AS direct,
        max(CASE WHEN evidence IN ('pension', 'insured', 'tax') THEN points ELSE 0 END) AS indirect,
        string_agg(caption || label || '(' || points || '分)', '、' ORDER BY points DESC, caption, label) AS reasons
    FROM weighed
    WHERE points > 0
    GROUP BY household_key
),

scored AS (
    SELECT
        household_key, reasons,
        CASE WHEN direct > 0 AND indirect > 0 THEN points + $combined ELSE points END AS points
    FROM summed
),

payee AS (
    SELECT
        needy_payment.household_key, needy_payment.person_id,
        row_number() OVER (
            PARTITION BY needy_payment.household_key
            ORDER BY CASE WHEN home.relation = '户主' THEN 0 ELSE 1 END, needy_payment.person_id
        ) AS place
    FROM needy_payment
    INNER JOIN home ON needy_payment.person_id = home.person_id
),

line AS (
    SELECT
        household_key, item_id, month, amount_fen, payment_row, CAST(NULL AS BIGINT) AS company_row,
        CAST(NULL AS BIGINT) AS vehicle_row, CAST(NULL AS BIGINT) AS property_row, CAST(NULL AS BIGINT) AS social_ins_row,
        CAST(NULL AS BIGINT) AS tax_row
    FROM needy_payment AS needy
    WHERE EXISTS (
        SELECT 1 FROM active
        INNER JOIN weighed USING (household_key, evidence, label)
        WHERE
            active.household_key = needy.household_key AND weighed.points > 0
            AND needy.month > active.from_month AND needy.month <= active.to_month
    )
    UNION ALL
    SELECT
        active.household_key, CAST(NULL AS VARCHAR) AS item_id, weighed.first_month AS month, 0 AS amount_fen,
        CAST(NULL AS BIGINT) AS payment_row, company_row, vehicle_row, property_row, social_ins_row, tax_row
    FROM active
    INNER JOIN weighed USING (household_key, evidence, label)
    WHERE weighed.points > 0 OR weighed.evidence = 'home'
)

SELECT
    payee.person_id, line.item_id, line.month, line.amount_fen, line.payment_row, line.company_row, line.vehicle_row,
    line.property_row, line.social_ins_row, line.tax_row, payee.household_key AS household_no,
    CAST(scored.points AS BIGINT) AS points, scored.reasons, CAST(least(scored.points, 100) AS DOUBLE) AS score,
    CASE WHEN scored.points >= $strong THEN '高' WHEN scored.points >= $medium THEN '中' ELSE '低' END AS severity
FROM line
INNER JOIN scored USING (household_key)
INNER JOIN payee ON line.household_key = payee.household_key AND payee.place = 1
WHERE scored.points >= $least
