-- Income of the people who live together in a household on minimum living allowance, by month: without those who moved out, died or
-- are in prison, and without income that probably belongs to a thief of the identity.
SELECT
    household_member.household_no, month_income.month,
    sum(month_income.income_fen) AS income_fen,
    min(month_income.staff_row) AS staff_row,
    min(month_income.social_ins_row) AS social_ins_row,
    min(month_income.tax_row) AS tax_row
FROM household_member
INNER JOIN dibao_household USING (household_no)
INNER JOIN month_income
    ON
        household_member.person_id = month_income.person_id
        AND month_income.month <= coalesce(household_member.last_month, 99999)
WHERE
    NOT EXISTS (
        SELECT 1 FROM in_custody
        WHERE
            in_custody.person_id = household_member.person_id
            AND month_income.month BETWEEN in_custody.from_month AND in_custody.to_month
    )
    AND household_member.person_id NOT IN (SELECT person_id FROM theft_signal)
GROUP BY household_member.household_no, month_income.month
