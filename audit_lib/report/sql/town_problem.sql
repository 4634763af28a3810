-- Findings of tiers A and B per town and type of problem.
SELECT town_id, problem, count(*) AS findings
FROM finding
WHERE tier IN ('A', 'B')
GROUP BY town_id, problem
