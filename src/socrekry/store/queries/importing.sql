-- name: candidacy_of
-- A person's latest candidacy that counts: the one in the cohort, if she has one there.
SELECT id, cohort_id FROM candidacy WHERE person_id = :person AND state <> 'void'
ORDER BY CASE WHEN cohort_id = :cohort THEN 0 ELSE 1 END, number DESC, id DESC LIMIT 1
