-- Which record each delivered row says.
SELECT stated_row.table_name, stated_row.table_rank, stated_row.origin, record.record_no
FROM stated_row
JOIN record USING (
    table_name, id_no, id_said, name, former_name, sex, birth_on, town_id, village_id, household_no, account_no,
    moved_in_on, has_left
)
