-- Blocks: keys that both sides have, and the pairs each makes; two valid numbers are never compared.
SELECT
    key, one.keyed AS left_keyed, other.keyed AS right_keyed,
    one.keyed * other.keyed - one.valid * other.valid AS pairs
FROM (SELECT key, count(*) AS keyed, count(*) FILTER (WHERE is_valid) AS valid FROM left_key GROUP BY key) AS one
JOIN (SELECT key, count(*) AS keyed, count(*) FILTER (WHERE is_valid) AS valid FROM right_key GROUP BY key) AS other
    USING (key)
WHERE one.keyed * other.keyed > one.valid * other.valid
