-- Blocking keys of one side's records. Halves and ends of a number meet around any one slip.
SELECT DISTINCT record_no, hash(kind || ':' || key) AS key
FROM (
    SELECT record_no, 'end' AS kind, right(pattern, 8) AS key FROM keyed WHERE whole
    UNION ALL
    SELECT record_no, 'month' AS kind, left(pattern, 9) || right(pattern, 6) AS key FROM keyed WHERE whole
    UNION ALL
    SELECT record_no, 'day' AS kind, left(pattern, 10) || right(pattern, 4) AS key FROM keyed WHERE whole
    UNION ALL
    SELECT record_no, 'order' AS kind, left(pattern, 12) || right(pattern, 2) AS key FROM keyed WHERE whole
    UNION ALL
    SELECT record_no, 'start' AS kind, left(pattern, 14) AS key FROM keyed WHERE whole OR kind = 'cut'
    UNION ALL
    SELECT record_no, 'masked family' AS kind, left(pattern, 6) || right(pattern, 4) || family AS key
    FROM keyed WHERE (whole OR kind = 'masked') AND family <> ''
    UNION ALL
    SELECT record_no, 'masked village' AS kind, left(pattern, 6) || right(pattern, 4) || village AS key
    FROM keyed WHERE (whole OR kind = 'masked') AND village <> ''
    UNION ALL
    SELECT record_no, 'sound birth' AS kind, sound || born AS key
    FROM (
        SELECT record_no, sound, birth AS born FROM keyed
        UNION ALL
        SELECT record_no, sound, number_birth AS born FROM keyed
    ) AS dated
    WHERE sound <> '' AND born <> ''
    UNION ALL
    SELECT record_no, 'place birth' AS kind, village || born AS key
    FROM (
        SELECT record_no, village, birth AS born FROM keyed
        UNION ALL
        SELECT record_no, village, number_birth AS born FROM keyed
    ) AS dated
    WHERE village <> '' AND born <> ''
    UNION ALL
    SELECT record_no, 'family birth' AS kind, family || born AS key
    FROM (
        SELECT record_no, family, birth AS born FROM keyed
        UNION ALL
        SELECT record_no, family, number_birth AS born FROM keyed
    ) AS dated
    WHERE family <> '' AND born <> ''
    UNION ALL
    SELECT record_no, 'name' AS kind, plain AS key FROM keyed WHERE plain <> ''
    UNION ALL
    SELECT record_no, 'name place' AS kind, plain || '/' || village AS key FROM keyed WHERE plain <> '' AND village <> ''
    UNION ALL
    SELECT record_no, 'sound place' AS kind, sound || '/' || village AS key FROM keyed WHERE sound <> '' AND village <> ''
    UNION ALL
    SELECT record_no, 'start place' AS kind, left(plain, 2) || '/' || village AS key
    FROM keyed WHERE length(plain) > 1 AND village <> ''
    UNION ALL
    SELECT record_no, 'ends place' AS kind, family || right(plain, 1) || '/' || village AS key
    FROM keyed WHERE length(plain) > 1 AND village <> ''
    UNION ALL
    SELECT record_no, 'household' AS kind, household AS key FROM keyed WHERE household <> ''
    UNION ALL
    SELECT record_no, 'account' AS kind, account AS key FROM keyed WHERE account <> ''
    UNION ALL
    SELECT record_no, 'phone' AS kind, phone AS key FROM keyed WHERE phone <> ''
)
