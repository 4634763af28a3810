-- Every spelling of a number that needs a look: not usable, of the old kind, or beside a sex or a day of birth.
SELECT DISTINCT id_raw
FROM stated
WHERE
    id_raw <> ''
    AND (
        id_no = ''
        OR id_raw <> id_no
        OR (sex IN ('男', '女') AND sex <> CASE WHEN CAST(substr(id_no, 17, 1) AS INTEGER) % 2 = 1 THEN '男' ELSE '女' END)
        OR (birth_on <> '' AND replace(birth_on, '-', '') <> substr(id_no, 7, 8))
    )
ORDER BY id_raw
