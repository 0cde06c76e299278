-- name: in_cohort
-- A person's latest candidacy in a cohort that counts, if there is one.
SELECT id FROM candidacy WHERE person_id = :person AND cohort_id = :cohort AND state <> 'void'
ORDER BY number DESC LIMIT 1
