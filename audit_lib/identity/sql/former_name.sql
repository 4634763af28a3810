SELECT DISTINCT id_no, plain, former FROM spelt WHERE id_no <> '' AND former <> ''
