SELECT DISTINCT id_no FROM spelt WHERE id_no <> '' ORDER BY id_no
