-- Each way a damaged number is written beside a person, once.
SELECT DISTINCT writing, written, number, pattern, class, id_no, name, sex, birth_on, village_id, household_no
FROM damaged_row
