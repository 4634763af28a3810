-- Which record each delivered row says.
SELECT table_name, table_rank, unnest(origins) AS origin, record_no FROM record
