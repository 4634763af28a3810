SELECT problem, count(*) AS findings, count(DISTINCT person_id) AS people, count(DISTINCT item_id) AS items
FROM finding
WHERE tier IN ('A', 'B') AND ($town IS NULL OR town_id = $town)
GROUP BY problem
ORDER BY problem
