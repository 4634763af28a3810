SELECT count(DISTINCT person_id) FILTER (rule_id = 'MULTI_ACCOUNT') AS multi_account_people,
       count(*) FILTER (rule_id = 'SHARED_ACCOUNT') AS shared_accounts
FROM finding
WHERE problem = 'accounts' AND tier IN ('A', 'B') AND ($town IS NULL OR town_id = $town)
