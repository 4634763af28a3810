-- Assets registered in another province, by the name of the office or the first character of the plate.
-- A place that names no province or large city is taken as local: a doubt goes in favour of the person.
SELECT asset.*
FROM asset
WHERE EXISTS (
    SELECT 1 FROM province
    WHERE
        province.code NOT IN (SELECT substr(code, 1, 2) FROM area_code)
        AND (
            contains(asset.place, province.name)
            OR (asset.asset_kind = '车辆' AND starts_with(asset.place, province.plate))
        )
)
