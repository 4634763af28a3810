-- Each town's cases and money (problem track only; LOSS money).
SELECT finding.town_id, count(*) AS findings, count(DISTINCT finding.person_id) AS people,
       count(*) FILTER (ledger_case.standing = 'confirmed') AS confirmed,
       count(*) FILTER (ledger_case.standing = 'cleared') AS cleared,
       count(*) FILTER (coalesce(ledger_case.standing, 'pending') = 'pending') AS pending,
       sum(CASE WHEN finding.kind = 'LOSS' THEN coalesce(ledger_case.verified_fen, 0) ELSE 0 END)::BIGINT AS verified_fen,
       sum(coalesce(ledger_case.recovered_fen, 0))::BIGINT AS recovered_fen,
       coalesce(any_value(loss.loss_fen), 0) AS suspected_fen
FROM finding
LEFT JOIN ledger_case USING (finding_id)
LEFT JOIN (
    SELECT town_id, sum(amount_fen)::BIGINT AS loss_fen FROM counted_line
    WHERE track = 'problem' AND kind = 'LOSS' GROUP BY town_id
) AS loss ON loss.town_id = finding.town_id
WHERE finding.track = 'problem' AND finding.tier IN ('A', 'B')
GROUP BY finding.town_id
