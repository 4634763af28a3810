-- The town's villages with their problem findings; protective and management findings are not among them.
SELECT village.village_id, village, coalesce(tier_a, 0) AS tier_a, coalesce(tier_b, 0) AS tier_b, coalesce(tier_c, 0) AS tier_c,
       coalesce(people, 0) AS people, coalesce(loss_fen, 0) AS loss_fen, coalesce(verified_fen, 0) AS verified_fen
FROM village
LEFT JOIN (
    SELECT finding.village_id, count(*) FILTER (finding.tier = 'A') AS tier_a, count(*) FILTER (finding.tier = 'B') AS tier_b,
           count(*) FILTER (finding.tier = 'C') AS tier_c,
           count(DISTINCT finding.person_id) FILTER (finding.tier IN ('A', 'B')) AS people
    FROM finding
    WHERE finding.town_id = $town AND finding.track = 'problem'
    GROUP BY finding.village_id
) AS found USING (village_id)
LEFT JOIN (
    SELECT village_id, sum(amount_fen)::BIGINT AS loss_fen
    FROM counted_line
    WHERE track = 'problem' AND kind = 'LOSS' AND town_id = $town
    GROUP BY village_id
) AS loss USING (village_id)
LEFT JOIN (
    SELECT finding.village_id, sum(ledger_case.verified_fen)::BIGINT AS verified_fen
    FROM ledger_case
    JOIN finding USING (finding_id)
    WHERE finding.town_id = $town AND finding.track = 'problem' AND finding.kind = 'LOSS'
    GROUP BY finding.village_id
) AS verified USING (village_id)
WHERE village.town_id = $town
ORDER BY village.position
