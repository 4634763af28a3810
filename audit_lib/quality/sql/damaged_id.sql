-- One line per damaged row and candidate; a row nobody can be found for has one line without a candidate.
SELECT
    r.origin, r.table_name, r.name, r.town_id, r.village_id, r.written, r.class, c.id_no AS candidate, c.place,
    coalesce(c.candidates, 0) AS candidates, c.score, c.evidence, c.evidence_table, c.evidence_origin,
    concat(
        f.file, CASE WHEN f.sheet <> '' THEN ':' || f.sheet ELSE '' END, '第', r.origin % $rows_per_sheet, '行',
        CASE WHEN r.name <> '' THEN '“' || r.name || '”' ELSE '' END, '的身份证号有问题:', r.class, '。',
        CASE
            WHEN c.id_no IS NULL THEN '其他登记中没有找到可核对的人,请报送单位核对原件。'
            ELSE concat(
                '可能是', substr(c.id_no, 1, 6), '********', substr(c.id_no, 15), '(', e.file,
                CASE WHEN e.sheet <> '' THEN ':' || e.sheet ELSE '' END, '第', c.evidence_origin % $rows_per_sheet, '行:',
                c.evidence, CASE WHEN c.candidates > 1 THEN ';共' || c.candidates || '个可能' ELSE '' END,
                ')。仅供核对,号码没有改动。'
            )
        END
    ) AS sentence
FROM damaged_row AS r
LEFT JOIN damaged_candidate AS c ON r.writing = c.writing
LEFT JOIN sheet AS f ON r.origin // $rows_per_sheet = f.sheet_no
LEFT JOIN sheet AS e ON c.evidence_origin // $rows_per_sheet = e.sheet_no
ORDER BY r.origin, c.place
