-- One stretch of pairs with what is compared. Of several villages, households or accounts of a
-- candidate the one the loose record names counts.
SELECT
    pairing.pair_no, pairing.loose_no, pairing.candidate_no, candidate.person_id,
    loose.person_id AS own_person_id, loose.in_hukou, loose.has_own_birth, loose.has_own_sex,
    loose.pattern AS number_left, candidate.number AS number_right,
    loose.plain AS plain_left, candidate.plain AS plain_right,
    loose.former AS former_left, candidate.former AS former_right,
    loose.birth AS birth_left, candidate.birth AS birth_right,
    loose.sex AS sex_left, candidate.sex AS sex_right,
    loose.town_id AS town_id_left, candidate.town_id AS town_id_right,
    loose.village_id AS village_id_left, coalesce(village.fact, candidate.village_id) AS village_id_right,
    loose.household AS household_left, coalesce(household.fact, candidate.household) AS household_right,
    loose.account AS account_left,
    CASE WHEN account.fact IS NOT NULL THEN account.fact WHEN any_account.fact IS NULL THEN '' ELSE any_account.fact END
        AS account_right,
    coalesce(name_count.people, 0) AS name_people
FROM pairing
JOIN loose USING (loose_no)
JOIN candidate USING (candidate_no)
LEFT JOIN fact AS village
    ON village.candidate_no = pairing.candidate_no AND village.kind = 'village' AND village.fact = loose.village_id
LEFT JOIN fact AS household
    ON household.candidate_no = pairing.candidate_no AND household.kind = 'household' AND household.fact = loose.household
LEFT JOIN fact AS account
    ON account.candidate_no = pairing.candidate_no AND account.kind = 'account' AND account.fact = loose.account
LEFT JOIN (SELECT candidate_no, min(fact) AS fact FROM fact WHERE kind = 'account' GROUP BY candidate_no) AS any_account
    ON any_account.candidate_no = pairing.candidate_no
LEFT JOIN (SELECT plain, count(*) AS people FROM candidate GROUP BY plain) AS name_count ON name_count.plain = loose.plain
WHERE pairing.pair_no > $after AND pairing.pair_no <= $upto
ORDER BY pairing.pair_no
