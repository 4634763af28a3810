-- Everybody with a valid number; birth and sex are read from it.
SELECT
    id_no, person_id, id_masked,
    substr(id_no, 7, 4) || '-' || substr(id_no, 11, 2) || '-' || substr(id_no, 13, 2) AS birth,
    CASE WHEN CAST(substr(id_no, 17, 1) AS INTEGER) % 2 = 1 THEN '男' ELSE '女' END AS sex
FROM id_key
