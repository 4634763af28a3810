-- Established and retired staff of public bodies, by month. For the retired the pay goes on after the
-- last day of work.
SELECT
    staff_row, person_id, link_tier, unit, post_kind, started_on,
    regexp_matches(post_kind, '退休') AS is_retired,
    coalesce(year(started_on) * 12 + month(started_on) - 1, 0) AS from_month,
    CASE
        WHEN regexp_matches(post_kind, '退休') THEN 99999
        ELSE coalesce(year(ended_on) * 12 + month(ended_on) - 1, 99999)
    END AS to_month
FROM staff
WHERE
    person_id IS NOT NULL
    AND regexp_matches(post_kind, '在编|退休')
    AND NOT regexp_matches(post_kind, '非在编|不在编|未在编|编外|遗属')
