-- Where a town's money of each item and year stands in the delivered files; adds up to item_year.sql.
SELECT paid.item_id, paid.year, sheet.file, coalesce(sheet.sheet, '') AS sheet, count(*) AS rows,
       min(paid.payment_row % 10000000)::BIGINT AS first_row, max(paid.payment_row % 10000000)::BIGINT AS last_row,
       sum(paid.amount_fen)::BIGINT AS amount_fen
FROM paid
JOIN scope USING (year)
LEFT JOIN item USING (item_id)
LEFT JOIN sheet ON sheet.sheet_no = paid.payment_row // 10000000
GROUP BY paid.item_id, paid.year, sheet.file, sheet.sheet, item.position
ORDER BY item.position, paid.year, sheet.file, sheet.sheet
