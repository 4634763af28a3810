-- Records with their names and numbers read.
SELECT
    record.*, coalesce(spoken.plain, '') AS plain, coalesce(formerly.plain, '') AS former,
    coalesce(number_form.kind, 'none') AS kind, coalesce(number_form.pattern, '') AS pattern,
    coalesce(number_form.birth, '') AS number_birth, coalesce(number_form.sex, '') AS number_sex
FROM record
LEFT JOIN name_form AS spoken ON spoken.name = record.name
LEFT JOIN name_form AS formerly ON formerly.name = record.former_name
LEFT JOIN number_form ON record.id_no = '' AND number_form.id_said = record.id_said
