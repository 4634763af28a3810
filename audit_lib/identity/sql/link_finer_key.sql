-- Finer keys of the members of blocks too large to compare: the same key and one more fact.
SELECT DISTINCT record_no, is_valid, hash(key, greatest(number, 2), value) AS key
FROM (
    SELECT
        record_no, is_valid, key, number,
        CASE number
            WHEN 1 THEN birth
            WHEN 2 THEN number_birth
            WHEN 3 THEN household
            WHEN 4 THEN village
            WHEN 5 THEN plain
            WHEN 6 THEN account
            WHEN 7 THEN phone
            WHEN 8 THEN ends
        END AS value
    FROM (
        SELECT
            crowded.record_no, crowded.is_valid, crowded.key, birth::UBIGINT AS birth,
            number_birth::UBIGINT AS number_birth, household::UBIGINT AS household, village::UBIGINT AS village,
            plain::UBIGINT AS plain, account::UBIGINT AS account, phone::UBIGINT AS phone,
            CASE WHEN is_whole OR is_masked THEN ends_key ELSE 0::UBIGINT END AS ends
        FROM keyed
        JOIN crowded USING (record_no)
    ) AS member
    CROSS JOIN (SELECT unnest(range(1, 9)) AS number) AS fact
) AS faceted
WHERE value <> 0
