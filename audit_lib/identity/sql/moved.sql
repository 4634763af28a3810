-- What was one person's in the last run and is another's now.
SELECT
    $turn AS turn, before.said_key, person.name_masked, person.id_masked,
    before.person_id AS person_id_before, before.tier AS tier_before,
    said_person.person_id AS person_id_now, said_person.tier AS tier_now,
    '原认定:' || before.reason || ';现认定:' || said_person.reason AS because
FROM said_before AS before
JOIN said_person ON said_person.said_key = before.said_key
LEFT JOIN person_now AS person ON person.person_id = said_person.person_id
WHERE said_person.person_id <> before.person_id
ORDER BY before.said_key
