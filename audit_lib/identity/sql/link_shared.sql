-- The left keys that the right side has too, for records that may be compared: two valid numbers are not.
SELECT record_no, is_valid, key
FROM left_key
WHERE
    (NOT is_valid AND key IN (SELECT key FROM right_key))
    OR (is_valid AND key IN (SELECT key FROM right_key WHERE NOT is_valid))
