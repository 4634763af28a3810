-- Numbers that end in 000 and pass the check by chance (one in eleven does after a spreadsheet cut
-- them): nobody in the household register has them, but a namesake there has the first 15 digits.
SELECT DISTINCT record.id_no, spoken.plain
FROM record
JOIN name_form AS spoken ON spoken.name = record.name
JOIN record AS entry ON left(entry.id_no, 15) = left(record.id_no, 15) AND entry.id_no <> record.id_no
JOIN name_form AS entered ON entered.name = entry.name AND entered.plain = spoken.plain
WHERE right(record.id_no, 3) = '000' AND entry.table_name = 'hukou'
    AND record.id_no NOT IN (SELECT id_no FROM record WHERE table_name = 'hukou')
