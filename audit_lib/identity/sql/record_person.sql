-- Whose each record is, how sure, and why.
SELECT
    known_record.record_no, known_record.person_id, known_record.tier,
    CASE WHEN verdict.tier IS NULL THEN $exact_probability ELSE scored.probability END AS probability,
    CASE
        WHEN verdict.tier IS NOT NULL THEN scored.reason
        WHEN reference.in_hukou THEN $in_hukou ELSE $not_in_hukou
    END AS reason,
    true AS is_settled
FROM known_record
JOIN spelt USING (record_no)
JOIN reference USING (id_no)
LEFT JOIN verdict ON verdict.id_no = spelt.id_no AND verdict.plain = spelt.plain
LEFT JOIN scored ON scored.id_no = spelt.id_no AND scored.plain = spelt.plain
UNION ALL
SELECT
    loose_record.record_no, loose_link.person_id, loose_link.tier, loose_link.probability, loose_link.reason,
    loose_link.is_settled
FROM loose_record
JOIN loose_link USING (loose_no)
