-- Records that say who a person is: a valid number under its own name, and the household register.
SELECT known_record.person_id, spelt.*
FROM spelt
JOIN known_record USING (record_no)
WHERE known_record.tier <> 'D'
UNION ALL
SELECT loose.person_id, spelt.*
FROM spelt
JOIN loose_record USING (record_no)
JOIN loose USING (loose_no)
WHERE loose.in_hukou
