-- keep
-- What the people who live together declared for a year.
SELECT
    member.household_key, tax_return.tax_year, CAST(sum(tax_return.income_fen) AS BIGINT) AS income_fen,
    min(tax_return.tax_row) AS tax_row, min(member.hukou_row) AS hukou_row
FROM co_living AS member
INNER JOIN tax_return
    ON
        member.person_id = tax_return.person_id AND tax_return.link_tier <> 'C'
        AND tax_return.tax_year * 12 <= member.until_month
GROUP BY member.household_key, tax_return.tax_year
