-- The bridge from detail to printed total. A department counts in one way throughout a sheet: with or without
-- failed and reversed payments, by year of service or of payment. The way that ties most lines is taken, of equals
-- the one that leaves least, then the one with fewest corrections. Rows set aside and rows of an unknown item
-- explain a line only where they bring it nearer; unknown items only where they close it.
WITH way AS (
    SELECT n & 1 AS failed, (n >> 1) & 1 AS reversed, (n >> 2) & 1 AS by_payment
    FROM (SELECT unnest(range(8)) AS n)
),

own AS (
    SELECT n & 1 AS set_aside, (n >> 1) & 1 AS unmapped
    FROM (SELECT unnest(range(4)) AS n)
),

trial AS (
    SELECT
        control_cell.*, way.failed, way.reversed, way.by_payment, own.set_aside, own.unmapped,
        detail_fen + way.failed * failed_fen + way.reversed * reversed_fen
        + way.by_payment * (other_year_fen + outside_fen)
        + own.set_aside * set_aside_fen + own.unmapped * unmapped_fen - given_fen AS rest_fen
    FROM control_cell
    CROSS JOIN way
    CROSS JOIN own
    WHERE
        (own.set_aside = 0 OR set_aside_fen <> 0) AND (own.unmapped = 0 OR unmapped_fen <> 0)
),

best_own AS (
    SELECT *
    FROM trial
    WHERE unmapped = 0 OR rest_fen = 0
    QUALIFY
        row_number() OVER (
            PARTITION BY origin, failed, reversed, by_payment ORDER BY abs(rest_fen), set_aside + unmapped
        ) = 1
),

best_way AS (
    SELECT sheet_no, failed, reversed, by_payment
    FROM best_own
    GROUP BY sheet_no, failed, reversed, by_payment
    QUALIFY
        row_number() OVER (
            PARTITION BY sheet_no
            ORDER BY
                count(*) FILTER (rest_fen = 0) DESC, sum(abs(rest_fen)), failed + reversed + by_payment,
                failed DESC, reversed DESC
        ) = 1
)

SELECT
    'control' AS level, origin, sheet_no, item_id, town_id, year, NULL::INTEGER AS month, NULL::VARCHAR AS batch_no,
    given_fen, detail_fen, detail_fen - given_fen AS difference_fen,
    failed * failed_fen AS failed_fen, reversed * reversed_fen AS reversed_fen,
    by_payment * other_year_fen AS other_year_fen, by_payment * outside_fen AS outside_fen,
    set_aside * set_aside_fen AS set_aside_fen, unmapped * unmapped_fen AS unmapped_fen, rest_fen
FROM best_own
INNER JOIN best_way USING (sheet_no, failed, reversed, by_payment)
