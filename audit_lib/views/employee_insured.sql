-- Employees' pensions drawn, and employees insured by their unit. Residents' pensions, people who pay for themselves and
-- suspended insurance are left out.
SELECT
    person_id, social_ins_row, coalesce(pension_fen, 0) AS pension_fen, unit,
    coalesce(year(started_on) * 12 + month(started_on) - 1, 0) AS from_month,
    coalesce(year(ended_on) * 12 + month(ended_on) - 1, 99999) AS to_month
FROM social_ins
WHERE
    person_id IS NOT NULL AND link_tier <> 'C' AND scheme IN ('employee', 'public')
    AND NOT regexp_matches(coalesce(ins_status, ''), '停|中断|终止|注销')
    AND (coalesce(pension_fen, 0) > 0 OR NOT regexp_matches(coalesce(unit, ''), '灵活就业|个人缴费|个体参保|个人参保'))
