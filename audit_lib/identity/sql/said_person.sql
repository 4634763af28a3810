-- Who each distinct thing that rows say about a person was taken for; the key outlives row numbers and files.
SELECT DISTINCT
    md5(concat_ws(
        '/', spelt.id_no, spelt.kind, CASE WHEN spelt.id_no = '' THEN spelt.pattern ELSE '' END, spelt.plain,
        CASE WHEN spelt.id_no = '' THEN concat_ws(
            '/', spelt.former, spelt.birth_on, spelt.sex, spelt.town_id, spelt.village_id, spelt.household_no,
            spelt.account_no, CASE WHEN spelt.table_name = 'hukou' THEN 'hukou' ELSE '' END
        ) ELSE '' END
    )) AS said_key,
    record_person.person_id, record_person.tier, record_person.reason
FROM spelt
JOIN record_person USING (record_no)
WHERE record_person.person_id IS NOT NULL
ORDER BY said_key, person_id
