-- keep
-- What speaks for the wealth of a household on money for the needy: direct (firms, cars, homes) and indirect (work,
-- pension), each with the months it stands for. Firms outside the prefecture are left to the check of identity.
WITH owned AS (
    SELECT
        person_id, CASE WHEN is_weak THEN 'weak' WHEN is_shop THEN 'shop' ELSE 'company' END AS evidence, from_month, to_month,
        company_name AS label, company_row, CAST(NULL AS BIGINT) AS vehicle_row, CAST(NULL AS BIGINT) AS property_row,
        CAST(NULL AS BIGINT) AS social_ins_row
    FROM company_held
    WHERE NOT is_remote
    UNION ALL
    SELECT
        person_id, CASE WHEN is_weak THEN 'weak' ELSE 'car' END AS evidence, from_month, to_month, car AS label,
        CAST(NULL AS BIGINT) AS company_row, vehicle_row, CAST(NULL AS BIGINT) AS property_row,
        CAST(NULL AS BIGINT) AS social_ins_row
    FROM car_held
    UNION ALL
    SELECT
        person_id,
        CASE WHEN is_weak THEN 'weak' WHEN is_shop OR is_commercial THEN 'estate' ELSE 'home' END AS evidence, from_month,
        99999 AS to_month, address AS label, CAST(NULL AS BIGINT) AS company_row, CAST(NULL AS BIGINT) AS vehicle_row,
        property_row, CAST(NULL AS BIGINT) AS social_ins_row
    FROM estate_held
    UNION ALL
    SELECT
        person_id, CASE WHEN pension_fen > 0 THEN 'pension' ELSE 'insured' END AS evidence, from_month - 1 AS from_month,
        to_month, coalesce(unit, '单位不详') AS label, CAST(NULL AS BIGINT) AS company_row,
        CAST(NULL AS BIGINT) AS vehicle_row, CAST(NULL AS BIGINT) AS property_row, social_ins_row
    FROM employee_insured
)

SELECT
    member.household_key, owned.person_id, owned.evidence, owned.from_month,
    least(owned.to_month, member.until_month) AS to_month, owned.label, owned.company_row, owned.vehicle_row,
    owned.property_row, owned.social_ins_row, CAST(NULL AS BIGINT) AS tax_row, CAST(0 AS BIGINT) AS income_fen
FROM owned
INNER JOIN co_living AS member USING (person_id)
WHERE member.household_key IN (SELECT household_key FROM needy_household)
UNION ALL
SELECT
    household_tax.household_key, NULL AS person_id, 'tax' AS evidence, household_tax.tax_year * 12 - 1 AS from_month,
    household_tax.tax_year * 12 + 11 AS to_month, household_tax.tax_year || '年' AS label, NULL AS company_row,
    NULL AS vehicle_row, NULL AS property_row, NULL AS social_ins_row, household_tax.tax_row, household_tax.income_fen
FROM household_tax
WHERE EXISTS (
    SELECT 1 FROM needy_bar
    WHERE
        needy_bar.household_key = household_tax.household_key AND needy_bar.tax_year = household_tax.tax_year
        AND household_tax.income_fen > needy_bar.line_fen * needy_bar.members * 12
)
