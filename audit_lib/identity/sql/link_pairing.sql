-- Pairs to compare, from every block small enough; two different valid numbers are never one person.
SELECT row_number() OVER (ORDER BY right_no, left_no) AS pair_no, left_no, right_no
FROM (
    SELECT DISTINCT left_key.record_no AS left_no, right_key.record_no AS right_no
    FROM (
        SELECT key
        FROM (SELECT key, count(*) AS keyed_count FROM left_key GROUP BY key) AS one
        JOIN (SELECT key, count(*) AS other_count FROM right_key GROUP BY key) AS other USING (key)
        WHERE keyed_count * other_count <= $most_pairs
    ) AS block
    JOIN left_key USING (key)
    JOIN right_key USING (key)
)
JOIN left_record ON left_record.record_no = left_no
JOIN right_record ON right_record.record_no = right_no
WHERE left_record.kind <> 'valid' OR right_record.kind <> 'valid'
