-- The supervision sample: 镇、村、户、人.
SELECT count(DISTINCT coalesce(inspection.town_id, person.town_id)) AS towns,
       count(DISTINCT coalesce(inspection.village_id, person.village_id)) AS villages,
       count(DISTINCT coalesce(inspection.household_no, person.household_no, person_id)) AS households,
       count(DISTINCT coalesce(person_id, 'row ' || inspection_row)) AS people,
       min(inspected_on) AS first_on, max(inspected_on) AS last_on
FROM inspection
LEFT JOIN person USING (person_id)
WHERE $town IS NULL OR coalesce(inspection.town_id, person.town_id) = $town
