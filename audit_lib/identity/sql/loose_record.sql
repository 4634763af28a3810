-- Which loose identity each record without a valid number says.
SELECT spelt.record_no, loose.loose_no
FROM spelt
JOIN loose
    ON loose.kind = spelt.kind AND loose.pattern = spelt.pattern AND loose.plain = spelt.plain
    AND loose.former = spelt.former
    AND loose.birth = CASE WHEN spelt.birth_on <> '' THEN spelt.birth_on ELSE spelt.number_birth END
    AND loose.sex = CASE WHEN spelt.sex <> '' THEN spelt.sex ELSE spelt.number_sex END
    AND loose.has_own_birth = (spelt.birth_on <> '') AND loose.has_own_sex = (spelt.sex <> '')
    AND loose.town_id = spelt.town_id AND loose.village_id = spelt.village_id
    AND loose.household = spelt.household_no AND loose.account = spelt.account_no
    AND loose.in_hukou = (spelt.table_name = 'hukou')
WHERE spelt.id_no = ''
