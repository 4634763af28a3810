-- keep
-- Months of an item that reached the same person more than once and together exceed what one person is due,
-- line by line, the largest first. Land in another village or of another size, relief on another day, and
-- money that makes up a difference are something else. Where no rate is known the largest line is what is due.
WITH repeated AS (
    SELECT person_id, item_id, month
    FROM paid_month
    WHERE person_id IS NOT NULL AND amount_fen > 0
    GROUP BY person_id, item_id, month
    HAVING count(*) > 1
),

counted AS (
    SELECT
        paid_month.*,
        item.unit, item.register_name, payment_net.quantity,
        -- a list that does not say how it was paid is neither in the system nor outside it
        CASE WHEN payment_net.channel = 'system' THEN 0 WHEN payment_net.channel IN ('off_system', 'cash') THEN 1 END
            AS off_system,
        CASE
            WHEN item.unit = 'mu' THEN concat(payment_net.village_id, '/', payment_net.quantity)
            WHEN item.freq = 'event' THEN concat(payment_net.paid_on, '/', paid_month.amount_fen)
        END AS thing
    FROM paid_month
    INNER JOIN repeated USING (person_id, item_id, month)
    INNER JOIN payment_net USING (payment_row)
    INNER JOIN item ON paid_month.item_id = item.item_id
    LEFT JOIN misbooked USING (payment_row)
    WHERE
        misbooked.payment_row IS NULL AND payment_net.link_tier <> 'C'
        AND paid_month.amount_fen > 0
        AND NOT regexp_matches(coalesce(payment_net.purpose, ''), '补差|补发|差额|补助差')
),

ranked AS (
    SELECT
        counted.*,
        count(*) OVER same_thing AS payments,
        sum(amount_fen) OVER same_thing AS sum_fen,
        max(amount_fen) OVER same_thing AS largest_fen,
        first_value(payment_row) OVER largest_first AS kept_row,
        row_number() OVER largest_first AS place
    FROM counted
    WINDOW
        same_thing AS (PARTITION BY person_id, item_id, month, thing),
        largest_first AS (
            PARTITION BY person_id, item_id, month, thing ORDER BY amount_fen DESC, off_system, payment_row
        )
),

due AS (
    SELECT
        ranked.payment_row, ranked.month,
        max(CASE WHEN standard.class_name IN ('', enrolled.class) THEN standard.amount_fen END) AS class_fen,
        max(CASE WHEN standard.amount_fen = ranked.largest_fen THEN standard.amount_fen END) AS exact_fen,
        max(standard.amount_fen) AS top_fen
    FROM ranked
    INNER JOIN standard
        ON
            ranked.item_id = standard.item_id
            AND ranked.month BETWEEN standard.from_month AND coalesce(standard.to_month, 99999)
    LEFT JOIN enrolled
        ON
            ranked.person_id = enrolled.person_id AND ranked.register_name = enrolled.register
            AND ranked.month BETWEEN enrolled.from_month AND enrolled.to_month
    WHERE ranked.payments > 1 AND ranked.unit IN ('person_month', 'household_month', 'once')
    GROUP BY ranked.payment_row, ranked.month
),

-- the year's rate of a piece of land, spread over the months of the payment as the payment is
land_due AS (
    SELECT
        ranked.payment_row, ranked.month,
        max(round(standard.amount_fen * ranked.quantity)) / max(payment_net.to_month - payment_net.from_month + 1) AS fen
    FROM ranked
    INNER JOIN payment_net USING (payment_row)
    INNER JOIN standard
        ON
            ranked.item_id = standard.item_id
            AND ranked.month BETWEEN standard.from_month AND coalesce(standard.to_month, 99999)
    WHERE ranked.payments > 1 AND ranked.unit = 'mu' AND ranked.quantity > 0
    GROUP BY ranked.payment_row, ranked.month
)

SELECT
    ranked.person_id, ranked.item_id, ranked.month, ranked.thing, ranked.amount_fen, ranked.payment_row,
    ranked.kept_row, ranked.place, ranked.off_system
FROM ranked
LEFT JOIN due ON ranked.payment_row = due.payment_row AND ranked.month = due.month
LEFT JOIN land_due ON ranked.payment_row = land_due.payment_row AND ranked.month = land_due.month
WHERE
    ranked.payments > 1
    AND ranked.sum_fen
    > coalesce(due.class_fen, due.exact_fen, due.top_fen, greatest(land_due.fen + 1, ranked.largest_fen), ranked.largest_fen)
