-- keep
-- One date of death per person, from the closest witness: crematorium, hospital, police, village.
-- A certain identity goes before a doubtful one. Contradicting records are left out altogether.
WITH ranked AS (
    SELECT
        death.person_id, death.death_row, death.died_on, death.source, death.link_tier,
        year(death.died_on) * 12 + month(death.died_on) - 1 AS death_month,
        row_number() OVER (
            PARTITION BY death.person_id
            ORDER BY
                CASE WHEN death.link_tier = 'C' THEN 1 ELSE 0 END,
                CASE death.source
                    WHEN 'crematorium' THEN 1 WHEN 'health' THEN 2 WHEN 'police' THEN 3 WHEN 'village' THEN 4 ELSE 5
                END,
                death.died_on, death.death_row
        ) AS place
    FROM death
    LEFT JOIN death_conflict USING (person_id)
    WHERE death.person_id IS NOT NULL AND death.died_on IS NOT NULL AND death_conflict.person_id IS NULL
)

SELECT
    person_id, death_row, died_on, death_month, source, link_tier,
    CASE source
        WHEN 'crematorium' THEN '殡仪馆火化登记' WHEN 'health' THEN '卫健死亡登记' WHEN 'police' THEN '公安死亡登记'
        WHEN 'village' THEN '村报死亡名单' WHEN 'insurance' THEN '医保社保死亡信息' WHEN 'court' THEN '法院宣告死亡'
        WHEN 'higher' THEN '上级下发死亡信息' ELSE '死亡登记'
    END AS event_source
FROM ranked
WHERE place = 1
