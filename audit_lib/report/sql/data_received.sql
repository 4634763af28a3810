SELECT table_name, count(*) AS files, count(*) FILTER (kept > 0) AS files_used, sum(delivered)::BIGINT AS delivered,
       sum(kept)::BIGINT AS kept, sum(set_aside)::BIGINT AS set_aside, sum(totals)::BIGINT AS totals
FROM file_register
GROUP BY table_name
ORDER BY table_name
