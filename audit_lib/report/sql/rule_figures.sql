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
SELECT rule_id, title, status, reason, rows_checked, rows_unable, coalesce(found.findings, 0) AS findings,
       coalesce(tier_a, 0) AS tier_a, coalesce(tier_b, 0) AS tier_b, coalesce(tier_c, 0) AS tier_c,
       coalesce(suspected_fen, 0) AS suspected_fen, coalesce(confirmed, 0) AS confirmed, coalesce(cleared, 0) AS cleared
FROM coverage
LEFT JOIN found USING (rule_id)
LEFT JOIN money USING (rule_id)
LEFT JOIN outcome USING (rule_id)
ORDER BY rule_id
