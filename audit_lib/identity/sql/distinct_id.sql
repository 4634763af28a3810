SELECT DISTINCT id_no FROM record WHERE id_no <> '' ORDER BY id_no
