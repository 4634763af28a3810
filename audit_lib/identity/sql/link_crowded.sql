-- One side's members of blocks too large to compare.
SELECT key, record_no, is_valid
FROM keys_of_side
JOIN (SELECT key FROM link_block WHERE pairs > $most_pairs) AS block USING (key)
