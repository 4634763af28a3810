-- Villages, households and accounts each candidate is seen with.
SELECT DISTINCT candidate.candidate_no, 'village' AS kind, settled.village_id AS fact
FROM settled JOIN candidate USING (person_id) WHERE settled.village_id <> ''
UNION ALL
SELECT DISTINCT candidate.candidate_no, 'household' AS kind, settled.household_no AS fact
FROM settled JOIN candidate USING (person_id) WHERE settled.household_no <> ''
UNION ALL
SELECT DISTINCT candidate.candidate_no, 'account' AS kind, settled.account_no AS fact
FROM settled JOIN candidate USING (person_id) WHERE settled.account_no <> ''
