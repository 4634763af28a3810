-- What each rule found. Within one rule a payment month counts once.
WITH found AS (
    SELECT rule_id, count(*) AS findings, count(*) FILTER (tier = 'A') AS tier_a, count(*) FILTER (tier = 'B') AS tier_b,
           count(*) FILTER (tier = 'C') AS tier_c
    FROM finding
    WHERE $town IS NULL OR town_id = $town
    GROUP BY rule_id
),
money AS (
    SELECT rule_id, sum(largest)::BIGINT AS suspected_fen
    FROM (
        SELECT rule_id, max(line.amount_fen) AS largest
        FROM finding_line AS line
        JOIN finding USING (finding_id)
        WHERE tier IN ('A', 'B') AND ($town IS NULL OR town_id = $town)
        GROUP BY rule_id, coalesce(line.payment_row::VARCHAR, finding_id), line.month
    )
    GROUP BY rule_id
),
outcome AS (
    SELECT rule_id, count(*) FILTER (standing = 'confirmed') AS confirmed, count(*) FILTER (standing = 'cleared') AS cleared
    FROM ledger_case
    WHERE $town IS NULL OR town_id = $town
    GROUP BY rule_id
)
-- of a town whose own coverage is known, that stands; counts of what never ran stay empty
SELECT rule_id, title, coalesce(own.status, coverage.status) AS status, coalesce(own.reason, coverage.reason) AS reason,
       CASE WHEN own.town_id IS NULL THEN coverage.rows_checked ELSE own.rows_checked END AS rows_checked,
       CASE WHEN own.town_id IS NULL THEN coverage.rows_unable ELSE own.rows_unable END AS rows_unable,
       coalesce(own.registers, '') AS registers, coalesce(found.findings, 0) AS findings,
       coalesce(tier_a, 0) AS tier_a, coalesce(tier_b, 0) AS tier_b, coalesce(tier_c, 0) AS tier_c,
       coalesce(suspected_fen, 0) AS suspected_fen, coalesce(confirmed, 0) AS confirmed, coalesce(cleared, 0) AS cleared
FROM coverage
LEFT JOIN (SELECT * FROM town_coverage WHERE town_id = $town) AS own USING (rule_id)
LEFT JOIN found USING (rule_id)
LEFT JOIN money USING (rule_id)
LEFT JOIN outcome USING (rule_id)
ORDER BY rule_id
