-- The payment lists beside the bank's answers, by item, month of payment and town ('bank') and by batch ('batch').
-- What the two call differently is explained by the answer (失败、退回) or by a list's row set aside; a line that
-- only one side has, or with another amount, stays unexplained. A month without any answer is not compared.
WITH lost_numbers AS (
    SELECT pay_no FROM lost_money WHERE pay_no IS NOT NULL GROUP BY pay_no
),

compared AS (
    SELECT
        bank_line.*,
        CASE WHEN list_moved THEN list_fen ELSE 0 END AS detail,
        CASE WHEN bank_moved THEN bank_fen ELSE 0 END AS given,
        CASE
            WHEN payment_row IS NULL OR bank_return_row IS NULL THEN 0
            WHEN list_moved AND NOT bank_moved THEN -list_fen
            WHEN bank_moved AND NOT list_moved THEN bank_fen
            ELSE 0
        END AS failed,
        CASE WHEN payment_row IS NULL AND bank_moved AND lost_numbers.pay_no IS NOT NULL THEN bank_fen ELSE 0 END
            AS lost,
        count(bank_return_row) OVER (PARTITION BY month) AS answers_of_month
    FROM bank_line
    LEFT JOIN lost_numbers USING (pay_no)
),

grouped AS (
    SELECT
        CASE WHEN grouping(batch_no) = 0 THEN 'batch' ELSE 'bank' END AS level,
        min(bank_return_row) AS origin, min(bank_return_row // 10000000) AS sheet_no,
        CASE WHEN grouping(batch_no) = 1 OR count(DISTINCT item_id) = 1 THEN min(item_id) END AS item_id,
        CASE WHEN grouping(batch_no) = 1 THEN min(town_id) END AS town_id,
        min(month) AS month, batch_no,
        CASE WHEN min(answers_of_month) > 0 THEN sum(given) END AS given_fen, sum(detail) AS detail_fen,
        sum(failed) AS failed_fen, sum(lost) AS set_aside_fen
    FROM compared
    GROUP BY GROUPING SETS ((item_id, month, town_id), (batch_no))
    HAVING grouping(batch_no) = 1 OR batch_no IS NOT NULL
)

SELECT
    level, origin, sheet_no, item_id, town_id, month // 12 AS year, month, batch_no,
    given_fen::BIGINT AS given_fen, detail_fen::BIGINT AS detail_fen,
    (detail_fen - given_fen)::BIGINT AS difference_fen,
    failed_fen::BIGINT AS failed_fen, 0::BIGINT AS reversed_fen, 0::BIGINT AS other_year_fen,
    0::BIGINT AS outside_fen, set_aside_fen::BIGINT AS set_aside_fen, 0::BIGINT AS unmapped_fen,
    (detail_fen + failed_fen + set_aside_fen - given_fen)::BIGINT AS rest_fen
FROM grouped
