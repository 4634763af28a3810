-- keyed_line: payments of which a finding counts a part
SELECT
    line.finding_key, payment.payment_row, min(payment.service_from) AS from_month, max(payment.service_to) AS to_month,
    max(payment.amount_fen) AS paid_fen, CAST(sum(line.amount_fen) AS BIGINT) AS counted_fen,
    count(DISTINCT line.month) AS months
FROM keyed_line AS line
INNER JOIN payment ON line.payment_row = payment.payment_row
GROUP BY line.finding_key, payment.payment_row
HAVING sum(line.amount_fen) <> max(payment.amount_fen)
ORDER BY line.finding_key, from_month, payment.payment_row
