-- Pairs of the blocks that are small enough.
SELECT left_key.record_no AS left_no, right_key.record_no AS right_no
FROM (SELECT key FROM link_block WHERE pairs <= $most_pairs) AS block
JOIN left_key USING (key)
JOIN right_key USING (key)
WHERE NOT (left_key.is_valid AND right_key.is_valid)
