-- Number of people living in a household on minimum living allowance, by month with payments.
SELECT household_member.household_no, paid_span.month, count(DISTINCT household_member.person_id) AS members
FROM household_member
INNER JOIN dibao_household USING (household_no)
INNER JOIN (SELECT DISTINCT month FROM paid_month) AS paid_span
    ON paid_span.month <= coalesce(household_member.last_month, 99999)
GROUP BY household_member.household_no, paid_span.month
