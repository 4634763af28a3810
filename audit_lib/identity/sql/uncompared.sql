-- Loose records some of whose blocks were too large, and how many people share the key.
SELECT loose_key.loose_no, max(block.candidate_count) AS candidate_count
FROM block
JOIN loose_key USING (kind, key)
WHERE block.candidate_count > $most_candidates OR block.pair_count > $most_pairs
GROUP BY loose_key.loose_no
