-- Numbers of other rows that a damaged number may stand for, with what speaks for each; the three best.
WITH met AS (
    SELECT w.writing, k.id_no, k.name, k.village_id, k.household_no, k.table_name, k.origin
    FROM damaged_writing AS w INNER JOIN damaged_known AS k ON w.name = k.name
    WHERE w.name <> '' AND w.class <> '15位旧号'
    UNION
    SELECT w.writing, k.id_no, k.name, k.village_id, k.household_no, k.table_name, k.origin
    FROM damaged_writing AS w INNER JOIN damaged_known AS k ON w.id_no = k.id_no AND w.name = k.name
    WHERE w.class = '15位旧号'
    UNION
    SELECT w.writing, k.id_no, k.name, k.village_id, k.household_no, k.table_name, k.origin
    FROM damaged_writing AS w INNER JOIN damaged_known AS k ON w.household_no = k.household_no
    WHERE w.household_no <> '' AND w.class <> '15位旧号'
    UNION
    SELECT w.writing, k.id_no, k.name, k.village_id, k.household_no, k.table_name, k.origin
    FROM damaged_writing AS w INNER JOIN damaged_known AS k ON substr(w.number, 1, 15) = substr(k.id_no, 1, 15)
    WHERE length(w.number) = 18
),

compared AS (
    SELECT
        m.writing, m.id_no, m.table_name, m.origin, w.class,
        w.name <> '' AND w.name = m.name AS same_name,
        w.village_id <> '' AND w.village_id = m.village_id AS same_village,
        w.household_no <> '' AND w.household_no = m.household_no AS same_household,
        length(w.number) = 18 AND substr(w.number, 1, 15) = substr(m.id_no, 1, 15) AS same_first15,
        length(w.number) BETWEEN 17 AND 19 AND damerau_levenshtein(w.number, m.id_no) = 1 AS is_one_edit,
        w.pattern <> '' AND regexp_full_match(m.id_no, w.pattern) AS fits,
        w.id_no = m.id_no AS is_itself,
        w.birth_on <> '' AND replace(w.birth_on, '-', '') = substr(m.id_no, 7, 8) AS same_birth,
        w.birth_on <> '' AND replace(w.birth_on, '-', '') <> substr(m.id_no, 7, 8) AS other_birth,
        w.sex IN ('男', '女')
        AND w.sex <> CASE WHEN CAST(substr(m.id_no, 17, 1) AS INTEGER) % 2 = 1 THEN '男' ELSE '女' END AS other_sex,
        w.pattern <> '' AS has_pattern
    FROM met AS m INNER JOIN damaged_writing AS w ON m.writing = w.writing
),

accepted AS (
    SELECT
        *,
        3 * CAST(same_name AS INTEGER) + 2 * CAST(same_household AS INTEGER) + CAST(same_village AS INTEGER)
        + CAST(same_birth AS INTEGER) + 4 * CAST(is_one_edit OR same_first15 AS INTEGER)
        + 2 * CAST(fits AS INTEGER) AS score
    FROM compared
    WHERE
        CASE
            WHEN other_birth OR other_sex THEN FALSE
            WHEN class = '15位旧号' THEN is_itself AND same_name
            WHEN is_itself THEN FALSE
            WHEN class IN ('性别与号码矛盾', '出生日期与号码矛盾')
                THEN same_name AND (same_birth OR is_one_edit OR same_first15)
            WHEN is_one_edit OR same_first15 THEN same_name OR same_household OR same_village
            WHEN has_pattern THEN fits AND (same_name AND (same_village OR same_household OR same_birth))
            ELSE same_name AND (same_household OR same_birth OR same_village)
        END
),

best AS (
    SELECT
        writing, id_no, max(score) AS score, arg_max(table_name, score) AS evidence_table,
        arg_max(origin, score) AS evidence_origin,
        concat_ws(
            '、',
            CASE WHEN bool_or(is_itself) THEN '另有登记使用其18位号码' END, CASE WHEN bool_or(same_name) THEN '同名' END,
            CASE WHEN bool_or(same_household) THEN '同户' END, CASE WHEN bool_or(same_village) THEN '同村' END,
            CASE WHEN bool_or(same_birth) THEN '出生日期相同' END, CASE WHEN bool_or(same_first15) THEN '前15位相同' END,
            CASE WHEN bool_or(is_one_edit) THEN '只差一处且校验码成立' END, CASE WHEN bool_or(fits) THEN '可见部分相同' END
        ) AS evidence
    FROM accepted
    GROUP BY writing, id_no
)

SELECT
    *, count(*) OVER (PARTITION BY writing) AS candidates,
    row_number() OVER (PARTITION BY writing ORDER BY score DESC, id_no) AS place
FROM best
QUALIFY place <= 3
