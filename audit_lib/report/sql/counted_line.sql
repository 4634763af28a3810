-- One payment month counts once per problem type and kind of money: the largest line. Tier C counts only
-- where a person has confirmed the case.
SELECT rule_id, problem, kind, track, town_id, village_id, line_item AS item_id, year, amount_fen
FROM (
    SELECT finding.rule_id, finding.problem, finding.kind, finding.track, finding.town_id, finding.village_id,
           coalesce(line.item_id, finding.item_id) AS line_item, year,
           line.amount_fen AS amount_fen,
           row_number() OVER (
               PARTITION BY finding.problem, finding.kind, finding.track, coalesce(line.payment_row::VARCHAR, finding_id), line.month
               ORDER BY line.amount_fen DESC, finding_id
           ) AS place
    FROM finding_line AS line
    JOIN finding USING (finding_id)
    LEFT JOIN ledger_case USING (finding_id)
    WHERE finding.tier IN ('A', 'B') OR ledger_case.standing = 'confirmed'
)
WHERE place = 1
