SELECT finding_id, item_id, month, year, payment_row, amount_fen
FROM line_part
ORDER BY finding_id, month, payment_row, item_id, amount_fen
