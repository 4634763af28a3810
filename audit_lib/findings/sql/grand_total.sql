SELECT
    kind, count(DISTINCT finding_id) AS findings, CAST(sum(amount_fen) AS BIGINT) AS counted_fen,
    CAST((
        SELECT sum(line.amount_fen) FROM finding_line AS line INNER JOIN finding USING (finding_id)
        WHERE finding.kind = counted_line.kind AND finding.track = counted_line.track AND finding.tier <> 'C'
    ) AS BIGINT) AS listed_fen
FROM counted_line
WHERE track = $track
GROUP BY kind, track
ORDER BY kind
