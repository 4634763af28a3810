SELECT problem, track, kind, item_id, year, sum(amount_fen)::BIGINT AS suspected_fen
FROM counted_line
WHERE $town IS NULL OR town_id = $town
GROUP BY ALL
ORDER BY ALL
