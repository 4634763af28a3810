-- What was paid to the dead with the month from which nothing was due any more. Of a household's money only the
-- dead person's share, as long as others live there.
SELECT
    paid_share.person_id, paid_share.item_id, paid_share.month, paid_share.payment_row,
    CASE
        WHEN survivor.household_no IS NULL OR paid_share.month <= survivor.until_month THEN paid_share.share_fen
        ELSE paid_share.amount_fen
    END AS amount_fen,
    death_best.death_row, death_best.died_on, death_best.event_source, stop_clock.grace_months, stop_clock.wrong_month
FROM paid_share
INNER JOIN death_best USING (person_id)
INNER JOIN item USING (item_id)
INNER JOIN stop_clock ON paid_share.item_id = stop_clock.item_id AND death_best.death_month = stop_clock.event_month
LEFT JOIN household_survivor AS survivor USING (person_id)
WHERE
    NOT item.posthumous_ok AND coalesce(item.register_name, '') <> 'resettler'
    AND (
        item.level = 'P'
        OR (survivor.household_no IS NOT NULL AND paid_share.month > coalesce(survivor.until_month, 0))
    )
