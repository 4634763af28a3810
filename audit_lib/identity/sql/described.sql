-- All records that describe the person they were given to (a tier-C guess describes nobody).
SELECT record_person.person_id, spelt.*
FROM spelt
JOIN record_person USING (record_no)
WHERE record_person.is_settled
