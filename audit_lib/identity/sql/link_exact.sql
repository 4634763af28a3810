-- Records under one valid number. A number ending in 000 is one a spreadsheet has cut, valid or not.
SELECT left_record.record_no AS left_no, right_record.record_no AS right_no
FROM left_record
JOIN right_record ON right_record.id_no = left_record.id_no
WHERE left_record.kind = 'valid' AND right_record.kind = 'valid'
ORDER BY left_no, right_no
