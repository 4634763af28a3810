-- Records whose blocks were too large to compare.
SELECT
    loose.table_name AS left_table, loose.origin AS left_origin, loose.person_id AS left_person_id,
    'C' AS tier, false AS chosen, '与' || uncompared.candidate_count || $reason AS reason
FROM uncompared
JOIN loose USING (loose_no)
ORDER BY loose.loose_no
