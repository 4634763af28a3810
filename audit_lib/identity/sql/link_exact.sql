-- Records under one valid number.
SELECT left_number.record_no AS left_no, right_number.record_no AS right_no
FROM left_number
JOIN right_number ON right_number.number = left_number.number
ORDER BY left_no, right_no
