-- Companies, vehicles and tax returns under a person's name. Farmers' co-operatives, farm vehicles and
-- what was scrapped, sold or deregistered say nothing about wealth or identity.
SELECT
    person_id, link_tier, '企业' AS asset_kind, coalesce(company_name, uscc) AS asset_name, registered_on AS since_on,
    region AS place, company_row, CAST(NULL AS BIGINT) AS vehicle_row, CAST(NULL AS BIGINT) AS tax_row
FROM company
WHERE
    person_id IS NOT NULL AND ended_on IS NULL
    AND NOT regexp_matches(coalesce(company_status, ''), '注销|吊销')
    AND NOT regexp_matches(coalesce(company_kind, '') || coalesce(company_name, ''), '合作社')
UNION ALL
SELECT
    person_id, link_tier, '车辆' AS asset_kind, brand AS asset_name, registered_on AS since_on,
    concat(coalesce(plate_no, ''), ' ', coalesce(region, '')) AS place,
    CAST(NULL AS BIGINT) AS company_row, vehicle_row, CAST(NULL AS BIGINT) AS tax_row
FROM vehicle
WHERE
    person_id IS NOT NULL AND ended_on IS NULL
    AND NOT regexp_matches(coalesce(vehicle_status, ''), '报废|注销|转移|转出')
    AND NOT regexp_matches(coalesce(plate_kind, '') || coalesce(brand, ''), '摩托|低速|拖拉机|三轮|农用')
    AND coalesce(plate_kind, '') NOT IN ('07', '7', '13', '14')
UNION ALL
SELECT
    person_id, link_tier, '纳税申报' AS asset_kind, payer AS asset_name,
    CAST(concat(tax_year, '-01-01') AS DATE) AS since_on,
    region AS place, CAST(NULL AS BIGINT) AS company_row, CAST(NULL AS BIGINT) AS vehicle_row, tax_row
FROM tax
WHERE person_id IS NOT NULL AND tax_year IS NOT NULL
