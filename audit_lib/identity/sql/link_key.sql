-- Keys of one kind of one side's records, as numbers. Halves and ends of a number meet around any one slip.
SELECT record_no, is_valid, key
FROM (
    SELECT record_no, is_valid, tail_key AS key FROM keyed WHERE $kind = 1 AND is_whole
    UNION ALL
    SELECT record_no, is_valid, month_key AS key FROM keyed WHERE $kind = 2 AND is_whole
    UNION ALL
    SELECT record_no, is_valid, day_key AS key FROM keyed WHERE $kind = 3 AND is_whole
    UNION ALL
    SELECT record_no, is_valid, sequence_key AS key FROM keyed WHERE $kind = 4 AND is_whole
    UNION ALL
    SELECT record_no, is_valid, head_key AS key FROM keyed WHERE $kind = 5 AND (is_whole OR is_cut)
    UNION ALL
    SELECT record_no, is_valid, hash(ends_key, family) AS key
    FROM keyed
    WHERE $kind = 6 AND (is_whole OR is_masked) AND family <> 0
    UNION ALL
    SELECT record_no, is_valid, hash(ends_key, village) AS key
    FROM keyed
    WHERE $kind = 7 AND (is_whole OR is_masked) AND village <> 0
    UNION ALL
    SELECT record_no, is_valid, hash(sound, birth) AS key FROM keyed WHERE $kind = 8 AND sound <> 0 AND birth <> 0
    UNION ALL
    SELECT record_no, is_valid, hash(sound, number_birth) AS key
    FROM keyed
    WHERE $kind = 8 AND sound <> 0 AND number_birth <> 0 AND number_birth <> birth
    UNION ALL
    SELECT record_no, is_valid, hash(village, birth) AS key FROM keyed WHERE $kind = 9 AND village <> 0 AND birth <> 0
    UNION ALL
    SELECT record_no, is_valid, hash(village, number_birth) AS key
    FROM keyed
    WHERE $kind = 9 AND village <> 0 AND number_birth <> 0 AND number_birth <> birth
    UNION ALL
    SELECT record_no, is_valid, hash(family, birth) AS key FROM keyed WHERE $kind = 10 AND family <> 0 AND birth <> 0
    UNION ALL
    SELECT record_no, is_valid, hash(family, number_birth) AS key
    FROM keyed
    WHERE $kind = 10 AND family <> 0 AND number_birth <> 0 AND number_birth <> birth
    UNION ALL
    SELECT record_no, is_valid, hash(plain) AS key FROM keyed WHERE $kind = 11 AND plain <> 0
    UNION ALL
    SELECT record_no, is_valid, hash(former) AS key FROM keyed WHERE $kind = 11 AND former <> 0 AND former <> plain
    UNION ALL
    SELECT record_no, is_valid, hash(sound, village) AS key FROM keyed WHERE $kind = 12 AND sound <> 0 AND village <> 0
    UNION ALL
    SELECT record_no, is_valid, hash(start_key, village) AS key
    FROM keyed
    WHERE $kind = 13 AND start_key <> 0 AND village <> 0
    UNION ALL
    SELECT record_no, is_valid, hash(family, last, village) AS key
    FROM keyed
    WHERE $kind = 14 AND family <> 0 AND village <> 0
    UNION ALL
    SELECT record_no, is_valid, hash(household) AS key FROM keyed WHERE $kind = 15 AND household <> 0
    UNION ALL
    SELECT record_no, is_valid, hash(account) AS key FROM keyed WHERE $kind = 16 AND account <> 0
    UNION ALL
    SELECT record_no, is_valid, hash(phone) AS key FROM keyed WHERE $kind = 17 AND phone <> 0
)
