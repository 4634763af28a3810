-- Income from work and business as declared, a return delivered in two files counting once. One-off compensation, sales
-- of property and legacies are no income.
SELECT person_id, link_tier, tax_year, income_kind, payer, income_fen, min(tax_row) AS tax_row
FROM tax
WHERE
    person_id IS NOT NULL
    AND NOT regexp_matches(coalesce(income_kind, ''), '财产转让|偶然|补偿|继承')
GROUP BY person_id, link_tier, tax_year, income_kind, payer, income_fen
