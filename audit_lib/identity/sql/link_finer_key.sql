-- Finer keys of the members of blocks too large to compare: the same key and one more fact.
SELECT DISTINCT crowded.record_no, crowded.is_valid, hash(crowded.key, fact.number, fact.value) AS key
FROM crowded
JOIN (
    SELECT record_no, 1 AS number, birth AS value FROM keyed WHERE birth <> 0
    UNION ALL
    SELECT record_no, 1 AS number, number_birth AS value FROM keyed WHERE number_birth <> 0
    UNION ALL
    SELECT record_no, 2 AS number, household AS value FROM keyed WHERE household <> 0
    UNION ALL
    SELECT record_no, 3 AS number, village AS value FROM keyed WHERE village <> 0
    UNION ALL
    SELECT record_no, 4 AS number, plain AS value FROM keyed WHERE plain <> 0
    UNION ALL
    SELECT record_no, 5 AS number, ends_key AS value FROM keyed WHERE is_whole OR is_masked
    UNION ALL
    SELECT record_no, 6 AS number, account AS value FROM keyed WHERE account <> 0
    UNION ALL
    SELECT record_no, 7 AS number, phone AS value FROM keyed WHERE phone <> 0
) AS fact USING (record_no)
