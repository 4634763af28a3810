-- Whose each record is after people have judged: keys they joined are one person.
SELECT
    record_person.record_no, coalesce(merged.target_id, record_person.person_id) AS person_id,
    coalesce(merged.target_tier, record_person.tier) AS tier, record_person.probability,
    coalesce(merged.sentence, record_person.reason) AS reason, record_person.is_settled
FROM record_person_found AS record_person
LEFT JOIN merged ON merged.person_id = record_person.person_id
