-- keep
-- What a person earned in a month. The same job shows in payroll, social insurance and tax, so only the
-- largest of the three counts. Resident pensions, contributions people pay for themselves, suspended
-- insurance and one-off compensation are no income.
WITH paid_span AS (SELECT DISTINCT month FROM paid_month),

earning AS (
    SELECT
        person_id, monthly_pay_fen AS income_fen,
        staff_row, CAST(NULL AS BIGINT) AS social_ins_row, CAST(NULL AS BIGINT) AS tax_row,
        coalesce(year(started_on) * 12 + month(started_on) - 1, 0) AS from_month,
        coalesce(year(ended_on) * 12 + month(ended_on) - 1, 99999) AS to_month
    FROM staff
    WHERE link_tier <> 'C'
    UNION ALL
    SELECT
        person_id, coalesce(nullif(pension_fen, 0), base_fen) AS income_fen,
        CAST(NULL AS BIGINT) AS staff_row, social_ins_row, CAST(NULL AS BIGINT) AS tax_row,
        coalesce(year(started_on) * 12 + month(started_on) - 1, 0) AS from_month,
        coalesce(year(ended_on) * 12 + month(ended_on) - 1, 99999) AS to_month
    FROM social_ins
    WHERE
        link_tier <> 'C'
        AND scheme IN ('employee', 'public')
        AND NOT regexp_matches(coalesce(ins_status, ''), '停|中断|终止|注销')
        AND NOT (
            coalesce(pension_fen, 0) = 0 AND regexp_matches(coalesce(unit, ''), '灵活就业|个人缴费|个体参保|个人参保')
        )
    UNION ALL
    SELECT
        person_id, sum(income_fen) // 12 AS income_fen,
        CAST(NULL AS BIGINT) AS staff_row, CAST(NULL AS BIGINT) AS social_ins_row, min(tax_row) AS tax_row,
        tax_year * 12 AS from_month, tax_year * 12 + 11 AS to_month
    FROM tax_return
    WHERE link_tier <> 'C'
    GROUP BY person_id, tax_year
),

ranked AS (
    SELECT
        earning.*, paid_span.month,
        row_number() OVER (
            PARTITION BY earning.person_id, paid_span.month
            ORDER BY earning.income_fen DESC, earning.staff_row, earning.social_ins_row, earning.tax_row
        ) AS place
    FROM earning
    INNER JOIN paid_span ON paid_span.month BETWEEN earning.from_month AND earning.to_month
    WHERE earning.person_id IS NOT NULL AND earning.income_fen > 0
)

SELECT person_id, month, income_fen, staff_row, social_ins_row, tax_row
FROM ranked
WHERE place = 1
