-- How many pairs each key would make.
SELECT kind, key, loose_count, candidate_count, loose_count * candidate_count AS pair_count
FROM (SELECT kind, key, count(*) AS loose_count FROM loose_key GROUP BY kind, key) AS loose_side
JOIN (SELECT kind, key, count(*) AS candidate_count FROM candidate_key GROUP BY kind, key) AS candidate_side
    USING (kind, key)
