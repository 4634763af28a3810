-- Whose task: findings by the township office that has to look into them.
SELECT coalesce(office, '未指定') AS office, coalesce(owner, '') AS owner, count(*) AS findings,
       count(*) FILTER (finding.tier IN ('A', 'B')) AS counted,
       count(*) FILTER (ledger_case.standing = 'pending' OR ledger_case.standing IS NULL) AS pending,
       count(*) FILTER (ledger_case.standing = 'confirmed') AS confirmed,
       count(*) FILTER (ledger_case.standing = 'cleared') AS cleared
FROM finding
LEFT JOIN ledger_case USING (finding_id)
WHERE finding.town_id = $town
GROUP BY ALL
ORDER BY findings DESC, office
