-- keep
-- Companies and shops that somebody runs or holds a share in, and whether they lie outside the prefecture (by the area
-- code in the registration number, or the province named). Farmers' and villages' co-operatives, sleeping or struck-off
-- firms and mere posts say little (``is_weak``) or nothing. Somebody insured by the firm really works there.
WITH placed AS (
    SELECT
        company.*,
        CASE length(company.uscc) WHEN 18 THEN substr(company.uscc, 3, 4) WHEN 15 THEN substr(company.uscc, 1, 4) END AS prefecture,
        year(registered_on) * 12 + month(registered_on) - 1 AS from_month,
        coalesce(year(ended_on) * 12 + month(ended_on) - 1, 99999) AS to_month
    FROM company
    WHERE
        person_id IS NOT NULL AND link_tier <> 'C' AND registered_on IS NOT NULL
        AND NOT regexp_matches(coalesce(company_status, ''), '注销|吊销|停业|歇业|清算|撤销')
        AND (
            role IS NULL OR regexp_matches(role, '法定代表|法人|股东|投资人|经营者|负责人|出资|合伙|业主')
            OR contains(coalesce(company_kind, '') || coalesce(company_name, ''), '合作社')
        )
)

SELECT
    placed.person_id, placed.company_row, placed.registered_on, placed.from_month, placed.to_month,
    coalesce(placed.company_name, placed.uscc, '名称不详') AS company_name,
    regexp_matches(coalesce(placed.company_kind, ''), '个体') AS is_shop,
    regexp_matches(
        coalesce(placed.company_kind, '') || coalesce(placed.company_name, ''), '合作社|合作经济|村集体|集体所有制'
    ) AS is_weak,
    coalesce(placed.region, '外地') AS region,
    (
        coalesce(
            placed.prefecture NOT IN (SELECT substr(code, 1, 4) FROM area_code)
            AND placed.prefecture NOT IN (SELECT substr(code, 1, 2) || '00' FROM area_code)
            AND placed.prefecture <> '1000', FALSE
        )
        OR EXISTS (
            SELECT 1 FROM province
            WHERE
                contains(placed.region, province.name) AND province.code NOT IN (SELECT substr(code, 1, 2) FROM area_code)
        )
    )
    AND NOT EXISTS (
        SELECT 1 FROM social_ins
        WHERE social_ins.person_id = placed.person_id AND social_ins.unit = placed.company_name
    )
    AND NOT EXISTS (
        SELECT 1 FROM hukou INNER JOIN province ON contains(hukou.moved_out_to, province.name)
        WHERE hukou.person_id = placed.person_id AND contains(placed.region, province.name)
    ) AS is_remote
FROM placed
