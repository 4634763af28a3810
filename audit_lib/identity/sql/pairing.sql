-- Pairs to compare: from every block small enough; a large one is covered by the finer keys of its
-- members (birth, household, account, number), and what they do not reach is listed as uncompared.
SELECT row_number() OVER (ORDER BY loose_no, candidate_no) AS pair_no, loose_no, candidate_no
FROM (
    SELECT DISTINCT loose_key.loose_no, candidate_key.candidate_no
    FROM block
    JOIN loose_key USING (kind, key)
    JOIN candidate_key USING (kind, key)
    JOIN loose ON loose.loose_no = loose_key.loose_no
    JOIN candidate ON candidate.candidate_no = candidate_key.candidate_no
    WHERE block.candidate_count <= $most_candidates AND block.pair_count <= $most_pairs
        AND loose.person_id <> candidate.person_id AND NOT (loose.in_hukou AND candidate.is_loose)
)
