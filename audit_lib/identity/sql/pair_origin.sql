-- Where the two sides of compared pairs stand.
SELECT kept_pair.pair_no, loose.table_name AS left_table, loose.origin AS left_origin,
    loose.person_id AS left_person_id, stands.table_name AS right_table, stands.origin AS right_origin
FROM kept_pair
JOIN loose USING (loose_no)
LEFT JOIN (
    SELECT
        person_id, table_name, origin,
        row_number() OVER (
            PARTITION BY person_id ORDER BY table_name <> 'hukou', has_left, table_rank, origin
        ) AS place_no
    FROM settled
) AS stands ON stands.person_id = kept_pair.person_id AND stands.place_no = 1
ORDER BY kept_pair.pair_no
