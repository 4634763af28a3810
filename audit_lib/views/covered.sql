-- keep
-- Whom a register entry covers: the person and everyone of the same household. A doubtful identity
-- counts here, because it may only clear, never accuse.
SELECT person_id, register, from_month, to_month, enrolment_row
FROM enrolled
WHERE person_id IS NOT NULL
UNION
SELECT housemate.person_id, enrolled.register, enrolled.from_month, enrolled.to_month, enrolled.enrolment_row
FROM enrolled
INNER JOIN household_member AS own ON enrolled.person_id = own.person_id
INNER JOIN household_member AS housemate ON own.household_no = housemate.household_no
