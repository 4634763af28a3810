-- Members of the left file in blocks too large to compare.
SELECT key, record_no, is_valid
FROM left_key
JOIN (SELECT key FROM link_block WHERE pairs > $most_pairs) AS block USING (key)
