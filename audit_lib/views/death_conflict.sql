-- People whose death records contradict each other: more than 31 days apart, or before birth.
SELECT
    death.person_id,
    min(death.died_on) AS first_died_on,
    max(death.died_on) AS last_died_on,
    min(person.birth_on) AS birth_on
FROM death
LEFT JOIN person USING (person_id)
WHERE death.person_id IS NOT NULL AND death.link_tier <> 'C'
GROUP BY death.person_id
HAVING
    date_diff('day', min(death.died_on), max(death.died_on)) > 31
    OR min(death.died_on) < min(person.birth_on)
