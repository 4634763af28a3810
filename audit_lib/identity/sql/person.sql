-- One line per person.
SELECT
    home.person_id, CASE WHEN named.name = '' THEN NULL ELSE named.name END AS name,
    CASE WHEN named.name = '' THEN NULL ELSE name_form.masked END AS name_masked,
    CASE WHEN named.id_masked = '' THEN NULL ELSE named.id_masked END AS id_masked,
    CASE WHEN named.sex = '' THEN NULL ELSE named.sex END AS sex,
    TRY_CAST(CASE WHEN named.birth = '' THEN NULL ELSE named.birth END AS DATE) AS birth_on,
    CASE WHEN home.town_id = '' THEN NULL ELSE home.town_id END AS town_id,
    CASE WHEN home.village_id = '' THEN NULL ELSE home.village_id END AS village_id,
    CASE WHEN home.household_no = '' THEN NULL ELSE home.household_no END AS household_no,
    seen.in_hukou
FROM home_of_all AS home
JOIN (
    SELECT person_id, bool_or(table_name = 'hukou') AS in_hukou FROM described GROUP BY person_id
) AS seen USING (person_id)
JOIN (
    SELECT
        person_id, name, id_masked, sex, birth,
        row_number() OVER (PARTITION BY person_id ORDER BY standing, name, id_masked, sex, birth) AS place_no
    FROM (
        SELECT id_person.person_id, reference.name, id_person.id_masked, id_person.sex, id_person.birth, 0 AS standing
        FROM id_person JOIN reference USING (id_no)
        UNION ALL
        SELECT verdict.person_id, naming.name, id_person.id_masked, id_person.sex, id_person.birth, 0 AS standing
        FROM verdict JOIN naming USING (id_no, plain) JOIN id_person USING (id_no)
        WHERE verdict.tier = 'D'
        UNION ALL
        SELECT
            person_id, name, id_masked, sex, birth,
            CASE WHEN in_hukou THEN 1 WHEN has_own_birth THEN 2 WHEN birth <> '' THEN 3 ELSE 4 END AS standing
        FROM loose
    )
) AS named ON named.person_id = home.person_id AND named.place_no = 1
LEFT JOIN name_form ON name_form.name = named.name
ORDER BY home.person_id
