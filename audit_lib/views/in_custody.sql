-- Months behind bars; probation and community correction leave a person at home.
SELECT
    custody_row, person_id, link_tier, started_on, ended_on,
    year(started_on) * 12 + month(started_on) - 1 AS from_month,
    coalesce(year(ended_on) * 12 + month(ended_on) - 1, 99999) AS to_month
FROM custody
WHERE
    person_id IS NOT NULL AND started_on IS NOT NULL
    AND NOT regexp_matches(coalesce(custody_kind, ''), '社区矫正|缓刑|取保|假释|监外')
