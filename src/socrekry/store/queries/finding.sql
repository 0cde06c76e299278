-- name: by_number
-- Candidacies of a person by the person's number, whether open or not.
SELECT c.id, c.person_id, c.number, c.state, c.head_seq, c.stage, p.name, p.protected_number
FROM candidacy c JOIN person p ON p.id = c.person_id
WHERE c.person_id = :person AND (CAST(:number AS INTEGER) IS NULL OR c.number = :number)
ORDER BY c.number

-- name: by_former_number
-- The candidacy that was begun under a number of a person who was merged into another since.
SELECT c.id, c.person_id, c.number, c.state, c.head_seq, c.stage, p.name, p.protected_number
FROM former_id f JOIN candidacy c ON c.id = f.candidacy_id JOIN person p ON p.id = c.person_id
WHERE f.person_id = :person AND f.number = :number

-- name: became
-- What a merge made of a number that a candidacy had in between.
SELECT e."key", e.after FROM edit e
WHERE e.entity = 'merge' AND e."key" LIKE '%:' || CAST(:person AS TEXT)
  AND e.field = 'candidacy' AND e.before = CAST(:number AS TEXT) AND e.undone_by IS NULL

-- name: by_email
SELECT c.id, c.person_id, c.number, c.state, c.head_seq, c.stage, p.name, p.protected_number
FROM candidacy c JOIN person p ON p.id = c.person_id
WHERE p.email_key = :email AND NOT p.void
ORDER BY c.person_id, c.number

-- name: by_name
-- The pattern is a search key with % around it; \ escapes.
SELECT c.id, c.person_id, c.number, c.state, c.head_seq, c.stage, p.name, p.protected_number
FROM candidacy c JOIN person p ON p.id = c.person_id
WHERE p.search_key LIKE :pattern ESCAPE '\' AND NOT p.void
ORDER BY p.sort_key, c.person_id, c.number
LIMIT 40
