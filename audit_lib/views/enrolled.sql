-- Entries of the registers as spans of months. The month of approval and the month of the stop belong
-- to the span (次月停发). No start means since ever, no end means still.
SELECT
    enrolment_row, person_id, link_tier, household_no, register, class, quantity, approved_on, stop_on, ended_on,
    stop_reason,
    coalesce(year(approved_on) * 12 + month(approved_on) - 1, 0) AS from_month,
    coalesce(
        least(
            year(stop_on) * 12 + month(stop_on) - 1,
            year(ended_on) * 12 + month(ended_on) - 1
        ),
        99999
    ) AS to_month
FROM enrolment
