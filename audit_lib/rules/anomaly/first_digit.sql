---
id: FIRST_DIGIT
title: 首位数字分布异常
family: anomaly
problem: data_quality
kind: NONE
track: management
severity: 低
owner: item
matter: [item_id, town_id]
needs: [payment.service_from, payment.town_id]
tolerances:
  least_amounts: {type: int, default: 100, min: 50, max: 100000, says: 一镇笔数不足此数的项目不看}
  spread_times: {type: number, default: 20, min: 10, max: 10000, says: 居中九成金额中最大为最小的倍数，不足的不看(均匀分布可达19倍，不该按本福特分布看)}
  alike_percent: {type: number, default: 10, min: 1, max: 100, says: 同一金额的笔数超过此百分比的，视为按档发放，不看}
  deviation: {type: number, default: 0.015, min: 0.001, max: 0.1, says: 九个首位数字的平均绝对偏差减去偶然波动后超过此数(Nigrini《Benford's Law》(2012)：0.015以上为不符)}
basis: [B15]
statement: "{town}逐笔核定的{item}共{amounts}笔，金额首位数字为{digit}的占{share_percent}%，按本福特分布应占{expected_percent}%；九个数字平均偏差{deviation_text}，其中{chance_text}可能出于偶然"
疑点情形: 逐笔核定、没有标准的项目，一镇金额的首位数字分布偏离本福特(Benford)分布(常见原因为金额压在审批限额以下、拆分或编造);列出首位数字偏多的各笔
不算疑点:
  - 有标准的项目
  - 按月、按年、按亩计发的项目
  - 一镇笔数不足的项目
  - 金额相差不大的项目
  - 许多笔同额、实为按档发放的项目
  - 偏差在偶然波动和容许范围以内
核实办法: 先看审批限额、报销比例和起付线能否解释；不能解释的，抽查首位数字偏多各笔的申请、票据和审批
---
WITH decided AS (
    SELECT
        payment_net.payment_row, payment_net.item_id, payment_net.town_id, payment_net.from_month, payment_net.amount_fen,
        CAST(substr(CAST(payment_net.amount_fen AS VARCHAR), 1, 1) AS INTEGER) AS digit,
        count(*) OVER (PARTITION BY payment_net.item_id, payment_net.town_id, payment_net.amount_fen) AS alike
    FROM payment_net
    INNER JOIN item USING (item_id)
    LEFT JOIN misbooked USING (payment_row)
    WHERE
        item.unit = 'once' AND item.item_id NOT IN (SELECT item_id FROM standard)
        AND payment_net.amount_fen > 0 AND misbooked.payment_row IS NULL
),

benford AS (
    SELECT digit, log10(1 + 1.0 / digit) AS expected
    FROM (VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9)) AS digits (digit)
),

suited AS (
    SELECT item_id, town_id, count(*) AS amounts
    FROM decided
    GROUP BY item_id, town_id
    HAVING
        count(*) >= $least_amounts
        AND quantile_disc(amount_fen, 0.95) >= $spread_times * quantile_disc(amount_fen, 0.05)
        AND 100 * max(alike) <= $alike_percent * count(*)
),

compared AS (
    SELECT
        suited.item_id, suited.town_id, suited.amounts, benford.digit, benford.expected,
        1.0 * count(CASE WHEN decided.digit = benford.digit THEN 1 END) / suited.amounts AS share
    FROM suited
    INNER JOIN decided USING (item_id, town_id)
    CROSS JOIN benford
    GROUP BY suited.item_id, suited.town_id, suited.amounts, benford.digit, benford.expected
),

-- chance: the mean deviation that so many amounts show although they follow Benford's law. Nigrini's bound is meant for
-- thousands of amounts: uncorrected, nine honest lists of a hundred amounts in ten would exceed it; corrected, one in fifty.
measured AS (
    SELECT
        item_id, town_id, amounts,
        arg_max(digit, share - expected) AS digit, arg_max(share, share - expected) AS share,
        arg_max(expected, share - expected) AS expected, avg(abs(share - expected)) AS deviation,
        avg(sqrt(2 * expected * (1 - expected) / (pi() * amounts))) AS chance
    FROM compared
    GROUP BY item_id, town_id, amounts
)

SELECT
    CAST(NULL AS VARCHAR) AS person_id, measured.item_id, decided.from_month AS month, CAST(0 AS BIGINT) AS amount_fen,
    decided.payment_row, measured.town_id, measured.amounts, measured.digit,
    CAST(100 * measured.share AS DECIMAL(4, 1)) AS share_percent,
    CAST(100 * measured.expected AS DECIMAL(4, 1)) AS expected_percent,
    CAST(measured.deviation AS DECIMAL(5, 4)) AS deviation_text, CAST(measured.chance AS DECIMAL(5, 4)) AS chance_text
FROM measured
INNER JOIN decided USING (item_id, town_id, digit)
WHERE round(measured.deviation - measured.chance, 4) > $deviation
