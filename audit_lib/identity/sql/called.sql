-- Names each candidate goes or went by.
SELECT candidate_no, plain AS said FROM candidate WHERE plain <> ''
UNION
SELECT candidate_no, former AS said FROM candidate WHERE former <> ''
