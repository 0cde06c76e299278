-- name: persons
-- Those whose number lies in a range, with their candidacies: what a shell shows beside an id.
SELECT p.id, c.number, p.name, p.protected_number, c.state, c.pipeline_id, c.stage,
       (SELECT k.term FROM cohort k WHERE k.id = c.cohort_id)
FROM person p JOIN candidacy c ON c.person_id = p.id
WHERE p.id BETWEEN :low AND :high AND NOT p.void AND c.state <> 'void'
  AND (CAST(:state AS TEXT) IS NULL OR c.state = :state)
ORDER BY p.id, c.number
LIMIT CAST(:most AS BIGINT)

-- name: named
-- Those whose name begins like a word: its sort key, and the first key that no longer begins so.
SELECT p.id, c.number, p.name, p.protected_number, c.state, c.pipeline_id, c.stage,
       (SELECT k.term FROM cohort k WHERE k.id = c.cohort_id)
FROM person p JOIN candidacy c ON c.person_id = p.id
WHERE p.sort_key >= :low AND p.sort_key < :high AND p.name IS NOT NULL AND NOT p.void AND c.state <> 'void'
  AND (CAST(:state AS TEXT) IS NULL OR c.state = :state)
ORDER BY p.sort_key, p.id, c.number
LIMIT CAST(:most AS BIGINT)

-- name: last_person
SELECT COALESCE(MAX(id), 0) FROM person

-- name: terms
SELECT DISTINCT term FROM cohort ORDER BY term DESC

-- name: activities
-- The latest first.
SELECT id, kind, title, occurred_on FROM activity ORDER BY occurred_on DESC, id DESC
LIMIT CAST(:most AS BIGINT)

-- name: tags
SELECT DISTINCT tag FROM tag ORDER BY tag LIMIT CAST(:most AS BIGINT)
