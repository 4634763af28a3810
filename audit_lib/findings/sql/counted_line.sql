-- Lines that count in a grand total: no doubtful identity, and of several findings of one kind that
-- question the same month of the same payment only the largest line.
SELECT finding_id, rule_id, problem, kind, track, item_id, month, year, payment_row, amount_fen
FROM (
    SELECT
        line.*, finding.rule_id, finding.problem, finding.kind, finding.track,
        row_number() OVER (
            PARTITION BY
                finding.kind, finding.track, line.month,
                coalesce(CAST(line.payment_row AS VARCHAR), concat(line.finding_id, '/', line.item_id))
            ORDER BY line.amount_fen DESC, line.finding_id, line.item_id
        ) AS place
    FROM finding_line AS line
    INNER JOIN finding USING (finding_id)
    WHERE finding.tier <> 'C'
) AS ranked
WHERE place = 1
