-- Where each finding's evidence lies: one line per finding, file and sheet, with its rows in order.
SELECT finding_id, file, sheet, list(row ORDER BY row) AS rows
FROM (SELECT DISTINCT finding_id, file, sheet, row FROM evidence JOIN finding USING (finding_id)
      WHERE finding.town_id IS NOT DISTINCT FROM $town)
GROUP BY finding_id, file, sheet
ORDER BY finding_id, file, sheet
