-- Money that reached somebody. A list without a status column reports what was paid out. Where only
-- the day of payment is known, its month stands for the service period.
SELECT
    payment.*,
    coalesce(service_from, year(paid_on) * 12 + month(paid_on) - 1) AS from_month,
    greatest(
        coalesce(service_from, year(paid_on) * 12 + month(paid_on) - 1),
        coalesce(service_to, service_from, year(paid_on) * 12 + month(paid_on) - 1)
    ) AS to_month
FROM payment
LEFT JOIN void_payment USING (payment_row)
WHERE
    void_payment.payment_row IS NULL
    AND coalesce(service_from, year(paid_on)) IS NOT NULL
