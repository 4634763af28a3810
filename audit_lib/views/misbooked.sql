-- keep
-- Payments booked under one item whose purpose speaks of another, and which do not fit the booked item:
-- no multiple of its rate, or paid to somebody its register does not cover. Own words win.
WITH purpose_of AS (SELECT DISTINCT item_id, purpose FROM payment_net WHERE purpose IS NOT NULL),

foreign_word AS (
    SELECT
        purpose_of.item_id, purpose_of.purpose, purpose_word.item_id AS true_item_id,
        row_number() OVER (
            PARTITION BY purpose_of.item_id, purpose_of.purpose
            ORDER BY length(purpose_word.word) DESC, purpose_word.item_id
        ) AS place
    FROM purpose_of
    INNER JOIN purpose_word
        ON contains(purpose_of.purpose, purpose_word.word) AND purpose_of.item_id <> purpose_word.item_id
    WHERE NOT EXISTS (
        SELECT 1 FROM purpose_word AS own
        WHERE own.item_id = purpose_of.item_id AND contains(purpose_of.purpose, own.word)
    )
),

suspect AS (
    SELECT payment_net.*, foreign_word.true_item_id, item.register_name
    FROM payment_net
    INNER JOIN foreign_word USING (item_id, purpose)
    INNER JOIN item USING (item_id)
    WHERE foreign_word.place = 1
),

fitting_rate AS (
    SELECT DISTINCT suspect.payment_row
    FROM suspect
    INNER JOIN standard
        ON
            suspect.item_id = standard.item_id
            AND suspect.from_month BETWEEN standard.from_month AND coalesce(standard.to_month, 99999)
    WHERE suspect.amount_fen % standard.amount_fen = 0
),

registered AS (
    SELECT DISTINCT suspect.payment_row
    FROM suspect
    INNER JOIN covered
        ON
            suspect.person_id = covered.person_id AND suspect.register_name = covered.register
            AND covered.from_month <= suspect.to_month AND covered.to_month >= suspect.from_month
)

SELECT suspect.payment_row, suspect.true_item_id
FROM suspect
LEFT JOIN fitting_rate USING (payment_row)
LEFT JOIN registered USING (payment_row)
WHERE
    (fitting_rate.payment_row IS NULL AND suspect.item_id IN (SELECT item_id FROM standard))
    OR (
        registered.payment_row IS NULL
        AND suspect.person_id IS NOT NULL AND suspect.link_tier <> 'C'
        AND suspect.register_name IN (SELECT register FROM enrolment)
    )
