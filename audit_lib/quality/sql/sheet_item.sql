-- Which items a delivered sheet is about.
SELECT sheet_no, 'payment' AS table_name, item_id, sum(payments)::BIGINT AS rows_found
FROM money
WHERE item_id IS NOT NULL
GROUP BY ALL
UNION ALL
SELECT control_total_row // 10000000, 'control_total', item_id, count(*)
FROM control_total
WHERE item_id IS NOT NULL
GROUP BY ALL
