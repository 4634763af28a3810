-- Payments summed by sheet, item, town and month, with what became of the money. Everything that is
-- compared by file, item, month or town is added up from here, so the large table is read once.
SELECT
    payment_row // 10000000 AS sheet_no, item_id, town_id,
    coalesce(service_from, year(paid_on) * 12 + month(paid_on) - 1) AS month,
    greatest(service_to, service_from) AS to_month,
    year(paid_on) * 12 + month(paid_on) - 1 AS paid_month,
    CASE
        WHEN void_payment.payment_row IS NULL THEN 'paid'
        WHEN status IN ('failed', 'returned') THEN 'failed'
        ELSE 'reversed'
    END AS state,
    count(*) AS payments,
    coalesce(sum(amount_fen), 0)::BIGINT AS fen,
    coalesce(sum(greatest(amount_fen, 0)), 0)::BIGINT AS positive_fen
FROM payment
LEFT JOIN void_payment USING (payment_row)
GROUP BY ALL
