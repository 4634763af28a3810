SELECT problem, track, kind, count(*) AS cases, count(*) FILTER (standing = 'confirmed') AS confirmed,
       count(*) FILTER (standing = 'cleared') AS cleared, count(*) FILTER (standing = 'pending') AS pending,
       count(*) FILTER (tier IN ('A', 'B')) AS cases_ab, sum(verified_fen)::BIGINT AS verified_fen,
       sum(recovered_fen)::BIGINT AS recovered_fen
FROM ledger_case
WHERE $town IS NULL OR town_id = $town
GROUP BY ALL
ORDER BY ALL
