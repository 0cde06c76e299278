-- name: by_number
-- Candidacies of a person by the person's number, whether open or not.
SELECT c.id, c.person_id, c.number, c.state, c.head_seq, c.stage, p.name, p.protected_number
FROM candidacy c JOIN person p ON p.id = c.person_id
WHERE c.person_id = :person AND (CAST(:number AS INTEGER) IS NULL OR c.number = :number)
ORDER BY c.number

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
