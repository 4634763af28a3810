-- What people have verified, per problem, item and year of service.
SELECT problem, track, kind, item_id, year, sum(case_year.verified_fen)::BIGINT AS verified_fen
FROM case_year
JOIN ledger_case USING (finding_id)
WHERE case_year.verified_fen <> 0 AND ($town IS NULL OR town_id = $town)
GROUP BY ALL
ORDER BY ALL
