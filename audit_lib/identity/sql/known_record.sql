-- Records with a valid number: whose they are.
SELECT
    spelt.record_no, coalesce(verdict.person_id, id_person.person_id) AS person_id,
    coalesce(verdict.tier, 'A') AS tier
FROM spelt
JOIN id_person USING (id_no)
LEFT JOIN verdict ON verdict.id_no = spelt.id_no AND verdict.plain = spelt.plain
WHERE spelt.id_no <> ''
