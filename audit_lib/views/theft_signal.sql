-- keep
-- Assets that a person can hardly have acquired: he was dead, in prison, a child, very old, severely
-- disabled or deaf-mute, or they lie in a province where he never lived.
WITH sure_asset AS (SELECT * FROM asset WHERE link_tier <> 'C' AND since_on IS NOT NULL),

signal AS (
    SELECT
        sure_asset.*, '死亡后登记' AS signal_text, death_best.death_row, CAST(NULL AS BIGINT) AS custody_row,
        CAST(NULL AS BIGINT) AS enrolment_row
    FROM sure_asset
    INNER JOIN death_best USING (person_id)
    WHERE sure_asset.since_on > death_best.died_on
    UNION ALL
    SELECT
        sure_asset.*, '服刑期间登记' AS signal_text, CAST(NULL AS BIGINT) AS death_row, in_custody.custody_row,
        CAST(NULL AS BIGINT) AS enrolment_row
    FROM sure_asset
    INNER JOIN in_custody USING (person_id)
    WHERE
        sure_asset.since_on >= in_custody.started_on
        AND sure_asset.since_on <= coalesce(in_custody.ended_on, DATE '9999-12-31')
    UNION ALL
    SELECT
        sure_asset.*, '重度残疾或聋哑' AS signal_text, CAST(NULL AS BIGINT) AS death_row,
        CAST(NULL AS BIGINT) AS custody_row, enrolled.enrolment_row
    FROM sure_asset
    INNER JOIN enrolled USING (person_id)
    WHERE enrolled.register = 'disability' AND regexp_matches(enrolled.class, '一级|二级|聋|哑|听力|言语')
    UNION ALL
    SELECT
        sure_asset.*, '登记时年龄不合常理' AS signal_text, CAST(NULL AS BIGINT) AS death_row,
        CAST(NULL AS BIGINT) AS custody_row, CAST(NULL AS BIGINT) AS enrolment_row
    FROM sure_asset
    INNER JOIN person USING (person_id)
    WHERE
        person.birth_on > sure_asset.since_on - INTERVAL 18 YEAR
        OR person.birth_on <= sure_asset.since_on - INTERVAL 76 YEAR
    UNION ALL
    SELECT
        remote_asset.*, '从未居住过的外省车辆' AS signal_text, CAST(NULL AS BIGINT) AS death_row,
        CAST(NULL AS BIGINT) AS custody_row, CAST(NULL AS BIGINT) AS enrolment_row
    FROM remote_asset
    WHERE remote_asset.asset_kind = '车辆' AND remote_asset.link_tier <> 'C' AND remote_asset.since_on IS NOT NULL
    UNION ALL
    SELECT
        first.*, '一年内在外地登记多家企业' AS signal_text, CAST(NULL AS BIGINT) AS death_row,
        CAST(NULL AS BIGINT) AS custody_row, CAST(NULL AS BIGINT) AS enrolment_row
    FROM remote_asset AS first
    WHERE
        first.asset_kind = '企业' AND first.link_tier <> 'C'
        AND (
            SELECT count(DISTINCT other.asset_name) FROM remote_asset AS other
            WHERE
                other.person_id = first.person_id AND other.asset_kind = '企业'
                AND abs(date_diff('day', first.since_on, other.since_on)) <= 365
        ) > 2
)

SELECT * FROM signal
