-- The same keys of candidates, only those that a loose record has.
SELECT DISTINCT keyed.candidate_no, keyed.kind, keyed.key
FROM (
    SELECT candidate_no, 'slip' AS kind, number AS key FROM candidate WHERE number <> ''
    UNION ALL
    SELECT candidate_no, 'slip' AS kind, left(number, place - 1) || substr(number, place + 1) AS key
    FROM candidate CROSS JOIN place WHERE place <= length(number)
    UNION ALL
    SELECT candidate_no, 'masked' AS kind, left(number, 6) || right(number, 4) || family || '/' || fact AS key
    FROM candidate JOIN fact USING (candidate_no) WHERE fact.kind = 'village' AND length(number) = 18
    UNION ALL
    SELECT candidate_no, 'masked name' AS kind, left(number, 6) || right(number, 4) || said AS key
    FROM candidate JOIN called USING (candidate_no) WHERE length(number) = 18
    UNION ALL
    SELECT candidate_no, 'cut' AS kind, left(number, 15) || said AS key
    FROM candidate JOIN called USING (candidate_no) WHERE length(number) = 18
    UNION ALL
    SELECT candidate_no, 'name birth' AS kind, said || '/' || birth AS key
    FROM candidate JOIN called USING (candidate_no) WHERE birth <> ''
    UNION ALL
    SELECT candidate_no, 'household' AS kind, said || '/' || fact AS key
    FROM candidate JOIN called USING (candidate_no) JOIN fact USING (candidate_no) WHERE fact.kind = 'household'
    UNION ALL
    SELECT candidate_no, 'account' AS kind, said || '/' || fact AS key
    FROM candidate JOIN called USING (candidate_no) JOIN fact USING (candidate_no) WHERE fact.kind = 'account'
    UNION ALL
    SELECT candidate_no, 'family birth' AS kind, family || '/' || birth || '/' || fact AS key
    FROM candidate JOIN fact USING (candidate_no) WHERE fact.kind = 'village' AND family <> '' AND birth <> ''
    UNION ALL
    SELECT candidate_no, 'village' AS kind, said || '/' || fact AS key
    FROM candidate JOIN called USING (candidate_no) JOIN fact USING (candidate_no) WHERE fact.kind = 'village'
) AS keyed
JOIN (SELECT DISTINCT kind, key FROM loose_key) AS wanted ON wanted.kind = keyed.kind AND wanted.key = keyed.key
