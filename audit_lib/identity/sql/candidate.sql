-- The people a loose record may be about: everybody with a valid number, and the household register's rest.
SELECT
    row_number() OVER (ORDER BY person_id) AS candidate_no, known.*, home.town_id, home.village_id,
    home.household_no AS household, left(known.plain, 1) AS family
FROM (
    SELECT
        id_person.person_id, id_person.id_no AS number, reference.plain, coalesce(min(former_name.former), '') AS former,
        id_person.birth, id_person.sex, false AS is_loose
    FROM id_person
    JOIN reference USING (id_no)
    LEFT JOIN former_name ON former_name.id_no = id_person.id_no AND former_name.plain = reference.plain
    GROUP BY id_person.person_id, id_person.id_no, reference.plain, id_person.birth, id_person.sex
    UNION ALL
    SELECT
        person_id, max(CASE WHEN kind = 'full' THEN pattern ELSE '' END) AS number, max(plain) AS plain,
        max(former) AS former, max(birth) AS birth, max(sex) AS sex, true AS is_loose
    FROM loose
    WHERE in_hukou AND plain <> ''
    GROUP BY person_id
) AS known
JOIN home USING (person_id)
