-- How many kept rows of each delivered table name this town.
SELECT table_name, count(*) AS rows FROM (
    SELECT 'payment' AS table_name, town_id FROM payment
    UNION ALL SELECT 'hukou', town_id FROM hukou
    UNION ALL SELECT 'death', town_id FROM death
    UNION ALL SELECT 'enrolment', town_id FROM enrolment
    UNION ALL SELECT 'inspection', town_id FROM inspection
    UNION ALL SELECT 'feedback', town_id FROM feedback
    UNION ALL SELECT 'recovery', town_id FROM recovery
)
WHERE town_id = $town
GROUP BY table_name
