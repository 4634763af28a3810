-- keyed_line: what a finding counts in each month
SELECT finding_key, item_id, month, CAST(sum(amount_fen) AS BIGINT) AS amount_fen
FROM keyed_line
GROUP BY finding_key, item_id, month
ORDER BY finding_key, item_id, month
