-- keep
-- Cars, off-roaders and vans under a person's name, with what is known of their value. Farm vehicles, motorcycles,
-- lorries and cars adapted for the disabled say little (``is_weak``), scrapped, sold and struck-off ones nothing.
SELECT
    person_id, vehicle_row, registered_on, displacement, value_fen,
    concat_ws(' ', coalesce(brand, '品牌不详'), plate_no) AS car,
    year(registered_on) * 12 + month(registered_on) - 1 AS from_month,
    coalesce(year(ended_on) * 12 + month(ended_on) - 1, 99999) AS to_month,
    regexp_matches(
        coalesce(plate_kind, '') || coalesce(brand, ''), '摩托|低速|拖拉机|三轮|农用|货车|挂车|电动自行|轻便|残疾|残障'
    )
    OR coalesce(plate_kind, '') IN ('07', '7', '08', '8', '11', '12', '13', '14', '15', '17', '19', '21') AS is_weak
FROM vehicle
WHERE
    person_id IS NOT NULL AND link_tier <> 'C' AND registered_on IS NOT NULL
    AND NOT regexp_matches(coalesce(vehicle_status, ''), '报废|注销|转移|转出|灭失|过户')
