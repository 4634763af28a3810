-- One line per total that a department printed (its sheet, item, year, and town where it names one), beside
-- the detail and everything that could explain a difference. Amounts that the total may hold and the detail
-- does not are positive.
WITH printed AS (
    SELECT
        min(control_total_row) AS origin, control_total_row // 10000000 AS sheet_no, item_id, town_id, year,
        sum(amount_fen)::BIGINT AS given_fen
    FROM control_total
    WHERE item_id IS NOT NULL AND year IS NOT NULL AND amount_fen IS NOT NULL
    GROUP BY ALL
),

by_year AS (
    SELECT item_id, town_id, month // 12 AS year, state, sum(fen) AS fen, sum(positive_fen) AS positive_fen
    FROM money
    GROUP BY ALL
),

-- money of one year paid in another, seen from the year of payment (+) and from the year of service (-)
shifted AS (
    SELECT
        item_id, town_id, paid_month // 12 AS year, fen,
        month IS NOT NULL AND month BETWEEN $audit_from AND $audit_to AS inside
    FROM money
    WHERE state = 'paid' AND paid_month // 12 IS DISTINCT FROM month // 12 AND paid_month IS NOT NULL
    UNION ALL
    SELECT
        item_id, town_id, month // 12 AS year, -fen, paid_month BETWEEN $audit_from AND $audit_to
    FROM money
    WHERE state = 'paid' AND paid_month // 12 <> month // 12
)

SELECT
    printed.*,
    coalesce((
        SELECT sum(fen) FROM by_year
        WHERE
            state = 'paid' AND by_year.item_id = printed.item_id AND by_year.year = printed.year
            AND (printed.town_id IS NULL OR by_year.town_id = printed.town_id)
    ), 0)::BIGINT AS detail_fen,
    coalesce((
        SELECT sum(fen) FROM by_year
        WHERE
            state = 'failed' AND by_year.item_id = printed.item_id AND by_year.year = printed.year
            AND (printed.town_id IS NULL OR by_year.town_id = printed.town_id)
    ), 0)::BIGINT AS failed_fen,
    coalesce((
        SELECT sum(positive_fen) FROM by_year
        WHERE
            state = 'reversed' AND by_year.item_id = printed.item_id AND by_year.year = printed.year
            AND (printed.town_id IS NULL OR by_year.town_id = printed.town_id)
    ), 0)::BIGINT AS reversed_fen,
    coalesce((
        SELECT sum(fen) FROM shifted
        WHERE
            inside AND shifted.item_id = printed.item_id AND shifted.year = printed.year
            AND (printed.town_id IS NULL OR shifted.town_id = printed.town_id)
    ), 0)::BIGINT AS other_year_fen,
    coalesce((
        SELECT sum(fen) FROM shifted
        WHERE
            NOT inside AND shifted.item_id = printed.item_id AND shifted.year = printed.year
            AND (printed.town_id IS NULL OR shifted.town_id = printed.town_id)
    ), 0)::BIGINT AS outside_fen,
    coalesce((
        SELECT sum(amount_fen) FROM lost_money
        WHERE
            lost_money.item_id = printed.item_id AND coalesce(lost_money.year, printed.year) = printed.year
            AND (printed.town_id IS NULL OR coalesce(lost_money.town_id, printed.town_id) = printed.town_id)
    ), 0)::BIGINT AS set_aside_fen,
    coalesce((
        SELECT sum(amount_fen) FROM lost_money
        WHERE
            lost_money.item_id IS NULL AND coalesce(lost_money.year, printed.year) = printed.year
            AND (printed.town_id IS NULL OR coalesce(lost_money.town_id, printed.town_id) = printed.town_id)
    ), 0)::BIGINT AS unmapped_fen
FROM printed
