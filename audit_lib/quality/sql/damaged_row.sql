-- Rows whose identity number cannot be used as written, is of the old kind, or contradicts the row.
WITH judged AS (
    SELECT
        s.table_name, s.origin, s.id_raw AS written, s.id_no, s.name, s.sex, s.birth_on, s.town_id, s.village_id,
        s.household_no, f.number, f.pattern,
        CASE
            WHEN f.status = 'excel_cut' AND contains(f.number, 'E') THEN '科学计数(E+17)'
            WHEN f.status = 'excel_cut' THEN '末三位为000'
            WHEN f.status = 'masked' THEN '已掩码'
            WHEN f.status = 'birth' THEN '出生日期不成立'
            WHEN f.status = 'check_digit' AND f.is_rounded THEN '浮点取整'
            WHEN f.status = 'check_digit' THEN '校验码不符'
            WHEN f.status = 'characters' THEN '含非法字符'
            WHEN f.status = 'length' AND length(f.number) IN (14, 17) THEN '缺一位(丢失0或X)'
            WHEN f.status = 'length' THEN '位数不符'
            WHEN length(f.number) = 15 THEN '15位旧号'
            WHEN
                s.sex IN ('男', '女')
                AND s.sex <> CASE WHEN CAST(substr(s.id_no, 17, 1) AS INTEGER) % 2 = 1 THEN '男' ELSE '女' END
                THEN '性别与号码矛盾'
            WHEN s.birth_on <> '' AND replace(s.birth_on, '-', '') <> substr(s.id_no, 7, 8) THEN '出生日期与号码矛盾'
        END AS class
    FROM stated AS s
    INNER JOIN number_form AS f ON s.id_raw = f.id_raw
)
SELECT
    *, dense_rank() OVER (ORDER BY written, name, sex, birth_on, village_id, household_no) AS writing
FROM judged
WHERE class IS NOT NULL
