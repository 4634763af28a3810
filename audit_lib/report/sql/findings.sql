-- The findings of one town ($town), or those of no town at all ($town NULL), as a page lists them.
SELECT finding.*, village.village, item.item_name, ledger_case.state, ledger_case.standing,
       coalesce(ledger_case.verified_fen, 0) AS verified_fen, coalesce(ledger_case.recovered_fen, 0) AS recovered_fen
FROM finding
LEFT JOIN village USING (village_id)
LEFT JOIN item USING (item_id)
LEFT JOIN ledger_case USING (finding_id)
WHERE finding.town_id IS NOT DISTINCT FROM $town
ORDER BY rule_id, tier, amount_fen DESC, village.position, finding_id
