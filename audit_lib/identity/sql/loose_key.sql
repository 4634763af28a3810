-- Blocking keys of loose records. A number with one slip shares a form with one character deleted.
SELECT loose_no, 'slip' AS kind, pattern AS key FROM loose WHERE kind = 'full'
UNION
SELECT loose_no, 'slip' AS kind, left(pattern, place - 1) || substr(pattern, place + 1) AS key
FROM loose CROSS JOIN place WHERE kind = 'full' AND place <= length(pattern)
UNION
SELECT loose_no, 'masked' AS kind, left(pattern, 6) || right(pattern, 4) || left(plain, 1) || '/' || village_id AS key
FROM loose
WHERE kind = 'masked' AND position('*' IN left(pattern, 6) || right(pattern, 4)) = 0 AND plain <> ''
    AND village_id <> ''
UNION
SELECT loose_no, 'masked name' AS kind, left(pattern, 6) || right(pattern, 4) || plain AS key
FROM loose WHERE kind = 'masked' AND position('*' IN left(pattern, 6) || right(pattern, 4)) = 0 AND plain <> ''
UNION
SELECT loose_no, 'cut' AS kind, left(pattern, 15) || plain AS key FROM loose WHERE kind = 'cut' AND plain <> ''
UNION
SELECT loose_no, 'name birth' AS kind, plain || '/' || birth AS key FROM loose WHERE plain <> '' AND birth <> ''
UNION
SELECT loose_no, 'household' AS kind, plain || '/' || household AS key FROM loose WHERE plain <> '' AND household <> ''
UNION
SELECT loose_no, 'account' AS kind, plain || '/' || account AS key FROM loose WHERE plain <> '' AND account <> ''
UNION
SELECT loose_no, 'family birth' AS kind, left(plain, 1) || '/' || birth || '/' || village_id AS key
FROM loose WHERE plain <> '' AND birth <> '' AND village_id <> ''
UNION
SELECT loose_no, 'village' AS kind, plain || '/' || village_id AS key FROM loose WHERE plain <> '' AND village_id <> ''
