-- Every row about a person, in one shape; the spelling of a number matters only when it is not valid.
SELECT
    table_name, table_rank, origin, id_no, CASE WHEN id_no = '' THEN id_raw ELSE '' END AS id_said, name, former_name,
    sex, birth_on, town_id, village_id, household_no, account_no, moved_in_on,
    moved_out_on <> '' OR cancelled_on <> '' AS has_left
FROM stated
