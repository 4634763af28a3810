-- Where a number's other names stand, beside where its own name stands.
SELECT
    misnamed.id_no, misnamed.plain,
    arg_min(said.table_name, (said.table_rank, said.origin)) AS left_table,
    arg_min(said.origin, (said.table_rank, said.origin)) AS left_origin,
    arg_min(own.table_name, (own.table_name <> 'hukou', own.table_rank, own.origin)) AS right_table,
    arg_min(own.origin, (own.table_name <> 'hukou', own.table_rank, own.origin)) AS right_origin
FROM misnamed
JOIN spelt AS said ON said.id_no = misnamed.id_no AND said.plain = misnamed.plain
JOIN spelt AS own ON own.id_no = misnamed.id_no AND own.plain = misnamed.own_plain
GROUP BY misnamed.id_no, misnamed.plain
ORDER BY misnamed.id_no, misnamed.plain
