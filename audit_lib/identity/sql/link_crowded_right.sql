-- Members of the right file in blocks too large to compare.
SELECT key, record_no, is_valid
FROM right_key
JOIN (SELECT key FROM link_block WHERE pairs > $most_pairs) AS block USING (key)
