-- What blocks too large to compare leave out.
SELECT
    count(*) AS blocks,
    coalesce(max(left_keyed), 0) AS most_left,
    coalesce(max(right_keyed), 0) AS most_right,
    coalesce(sum(pairs), 0)::BIGINT AS pairs
FROM link_block
WHERE pairs > $most_pairs
