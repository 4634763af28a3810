-- Who was struck off the household register for another reason than death or a move, and since when. Not who is
-- registered elsewhere (a second number of the same person cleaned up), nor who died before.
WITH latest AS (
    SELECT
        person_id, hukou_row, cancelled_on, cancel_reason, link_tier,
        year(cancelled_on) * 12 + month(cancelled_on) - 1 AS cancel_month,
        row_number() OVER (PARTITION BY person_id ORDER BY cancelled_on, hukou_row) AS place
    FROM hukou
    WHERE
        person_id IS NOT NULL AND cancelled_on IS NOT NULL AND cancel_reason IS NOT NULL
        AND NOT regexp_matches(cancel_reason, '死亡|亡故|去世|失踪|迁|重复|双重|重户|重登|误|错')
)

SELECT latest.person_id, latest.hukou_row, latest.cancelled_on, latest.cancel_reason, latest.cancel_month, latest.link_tier
FROM latest
LEFT JOIN death_best ON latest.person_id = death_best.person_id AND death_best.died_on <= latest.cancelled_on
WHERE
    latest.place = 1 AND death_best.person_id IS NULL
    AND NOT EXISTS (
        SELECT 1 FROM hukou AS living
        WHERE
            living.person_id = latest.person_id AND living.cancelled_on IS NULL AND living.moved_out_on IS NULL
    )
