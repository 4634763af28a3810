SELECT DISTINCT id_said FROM record WHERE id_no = '' AND id_said <> '' ORDER BY id_said
