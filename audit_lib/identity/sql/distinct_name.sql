SELECT name FROM record WHERE name <> ''
UNION
SELECT former_name AS name FROM record WHERE former_name <> ''
ORDER BY name
