-- Numbers that appear with another name than their own; former names on record on either side.
SELECT
    naming.id_no, naming.plain, reference.plain AS own_plain,
    coalesce(min(said.former), '') AS former, coalesce(min(own.former), '') AS own_former
FROM naming
JOIN reference USING (id_no)
LEFT JOIN former_name AS said
    ON said.id_no = naming.id_no AND said.plain = naming.plain AND said.former = reference.plain
LEFT JOIN former_name AS own
    ON own.id_no = naming.id_no AND own.plain = reference.plain AND own.former = naming.plain
WHERE naming.plain <> reference.plain
GROUP BY naming.id_no, naming.plain, reference.plain
ORDER BY naming.id_no, naming.plain
