-- name: ends
-- Where each of the next candidacies after a number says that its log ends.
SELECT id, person_id, number, head_seq, head_hash FROM candidacy WHERE id > :after ORDER BY id LIMIT :most

-- name: begun_as
-- Those of some candidacies whose logs are chained under another id than theirs.
SELECT candidacy_id, person_id, number FROM former_id
WHERE candidacy_id BETWEEN :first AND :last ORDER BY candidacy_id

-- name: counts
-- What is only ever added to: none of it is ever taken away.
SELECT (SELECT COUNT(*) FROM candidacy), (SELECT COUNT(*) FROM event)

-- name: written_to
-- Whether anybody has given a command here or been given a right, since it was furnished.
SELECT CASE WHEN EXISTS (SELECT 1 FROM command WHERE name <> 'found')
            OR EXISTS (SELECT 1 FROM unit_access) THEN 1 ELSE 0 END
