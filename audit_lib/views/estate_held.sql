-- keep
-- Homes and shops under a person's name, one address counting once. Resettlement homes, inherited or given shares,
-- farmsteads and homes built on them, parking spaces and store rooms say little (``is_weak``).
SELECT
    person_id, property_row, registered_on, coalesce(address, cert_no, '坐落不详') AS address,
    year(registered_on) * 12 + month(registered_on) - 1 AS from_month,
    regexp_matches(coalesce(property_kind, ''), '商业|商铺|商服|门面|店|营业|办公|写字楼|商用') AS is_shop,
    regexp_matches(coalesce(property_kind, '') || coalesce(acquired_by, ''), '商品房') AS is_commercial,
    regexp_matches(coalesce(acquired_by, ''), '购|买') AS is_bought,
    regexp_matches(
        coalesce(property_kind, '') || coalesce(acquired_by, ''),
        '安置|拆迁|回迁|置换|还建|继承|赠|宅基地|自建|农村|危房|车位|车库|储藏|杂物'
    ) AS is_weak
FROM property
WHERE
    person_id IS NOT NULL AND link_tier <> 'C' AND registered_on IS NOT NULL
