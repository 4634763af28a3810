-- One line per delivered row that has a person.
SELECT
    row_record.table_name, row_record.origin, record_person.person_id, record_person.tier,
    record_person.probability, record_person.reason
FROM row_record
JOIN record_person USING (record_no)
WHERE record_person.person_id IS NOT NULL
ORDER BY row_record.table_rank, row_record.origin
