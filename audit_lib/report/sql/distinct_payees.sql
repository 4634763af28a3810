-- Different people behind the money, per level and year; year NULL is all audit years together.
SELECT level, year, count(DISTINCT payee) AS payees
FROM (
    SELECT level, year, item_id, coalesce(person_id, 'row ' || payment_row) AS payee
    FROM paid
    JOIN scope USING (year)
    JOIN item USING (item_id)
    GROUP BY level, year, item_id, payee
    HAVING sum(amount_fen) > 0
)
GROUP BY GROUPING SETS ((level, year), (level))
