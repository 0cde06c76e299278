-- name: candidacy_of
-- A person's latest candidacy that counts: the one in the cohort, if she has one there.
SELECT id, cohort_id FROM candidacy WHERE person_id = :person AND state <> 'void'
ORDER BY CASE WHEN cohort_id = :cohort THEN 0 ELSE 1 END, number DESC, id DESC LIMIT 1

-- name: standing
-- Where a candidacy stands, and whose it is.
SELECT c.number, c.stage, c.state, p.name, p.protected_number, q.definition
FROM candidacy c JOIN person p ON p.id = c.person_id JOIN pipeline q ON q.id = c.pipeline_id
WHERE c.id = :candidacy
