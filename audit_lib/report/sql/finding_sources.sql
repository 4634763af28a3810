-- Where each finding's evidence lies: one line per finding, file and sheet; neighbouring rows are one span.
-- A page prints the first spans and says how many rows there are in all.
WITH numbered AS (
    SELECT finding_id, file, sheet, row,
           row - row_number() OVER (PARTITION BY finding_id, file, sheet ORDER BY row) AS island
    FROM (
        SELECT DISTINCT evidence.finding_id, evidence.file, evidence.sheet, evidence.row
        FROM evidence
        JOIN finding USING (finding_id)
        WHERE finding.town_id IS NOT DISTINCT FROM $town
    )
),
span AS (
    SELECT finding_id, file, sheet, min(row) AS first_row, max(row) AS last_row, count(*) AS rows,
           row_number() OVER (PARTITION BY finding_id, file, sheet ORDER BY min(row)) AS place
    FROM numbered
    GROUP BY finding_id, file, sheet, island
)
SELECT finding_id, file, sheet, sum(rows)::BIGINT AS rows, count(*) AS spans,
       list([first_row, last_row] ORDER BY first_row) FILTER (place <= 12) AS first_spans
FROM span
GROUP BY finding_id, file, sheet
ORDER BY finding_id, file, sheet
