-- Records with their names and numbers read.
SELECT
    record.record_no, record.table_name, record.table_rank, record.name, record.former_name, record.sex,
    record.birth_on, record.town_id, record.village_id, record.household_no, record.account_no,
    record.moved_in_on, record.has_left, record.origin, record.row_count,
    CASE WHEN doubtful_number.id_no IS NULL THEN record.id_no ELSE '' END AS id_no,
    coalesce(spoken.plain, '') AS plain, coalesce(formerly.plain, '') AS former,
    CASE WHEN doubtful_number.id_no IS NULL THEN coalesce(number_form.kind, 'none') ELSE 'cut' END AS kind,
    CASE WHEN doubtful_number.id_no IS NULL THEN coalesce(number_form.pattern, '')
        ELSE left(record.id_no, 15) || '***' END AS pattern,
    CASE WHEN doubtful_number.id_no IS NULL THEN coalesce(number_form.birth, '')
        ELSE substr(record.id_no, 7, 4) || '-' || substr(record.id_no, 11, 2) || '-' || substr(record.id_no, 13, 2)
    END AS number_birth,
    coalesce(number_form.sex, '') AS number_sex
FROM record
LEFT JOIN name_form AS spoken ON spoken.name = record.name
LEFT JOIN name_form AS formerly ON formerly.name = record.former_name
LEFT JOIN number_form ON number_form.id_said = record.id_said
LEFT JOIN doubtful_number ON doubtful_number.id_no = record.id_no AND doubtful_number.plain = spoken.plain
