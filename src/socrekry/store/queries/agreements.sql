-- Placement seats of universities, as they are agreed on term by term, and how many of them are used.

-- name: find
SELECT id, asked, offered, confirmed, contact FROM agreement
WHERE university = :university AND term = :term AND COALESCE(unit_id, 0) = COALESCE(CAST(:unit AS BIGINT), 0)

-- name: read
SELECT id, asked, offered, confirmed, contact FROM agreement WHERE id = :id

-- name: list
SELECT g.id, g.university, v.name, g.term, g.unit_id, u.name, g.asked, g.offered, g.confirmed, g.contact
FROM agreement g JOIN university v ON v.code = g.university LEFT JOIN unit u ON u.id = g.unit_id
WHERE (CAST(:term AS INTEGER) IS NULL OR g.term = :term)
  AND (CAST(:university AS TEXT) IS NULL OR g.university = :university)
  AND (CAST(:unit AS BIGINT) IS NULL OR g.unit_id = :unit)
ORDER BY g.term, g.university, u.search_key NULLS FIRST, g.id

-- name: units
-- Which units have an agreement of their own with a university in a term.
SELECT university, term, unit_id FROM agreement WHERE unit_id IS NOT NULL ORDER BY university, term, unit_id

-- name: reached
-- How many students of a university have ever come to each stage, in terms for which there is an agreement.
-- CROSS JOIN has SQLite go from the few to the many, in that order; PostgreSQL chooses for itself.
SELECT p.university, k.term, c.unit_id, c.pipeline_id, s.stage, COUNT(*)
FROM (SELECT DISTINCT term FROM agreement) a
CROSS JOIN cohort k CROSS JOIN candidacy c CROSS JOIN person p CROSS JOIN stay s
WHERE k.term = a.term AND c.cohort_id = k.id AND c.state <> 'void' AND p.id = c.person_id
  AND EXISTS (SELECT 1 FROM agreement g WHERE g.university = p.university AND g.term = k.term)
  AND s.candidacy_id = c.id AND s.first
  AND (CAST(:term AS INTEGER) IS NULL OR k.term = :term)
  AND (CAST(:university AS TEXT) IS NULL OR p.university = :university)
GROUP BY p.university, k.term, c.unit_id, c.pipeline_id, s.stage
ORDER BY p.university, k.term, c.unit_id NULLS FIRST, c.pipeline_id, s.stage

-- name: add
INSERT INTO agreement (university, term, unit_id, asked, offered, confirmed, contact)
VALUES (:university, :term, :unit, :asked, :offered, :confirmed, :contact) RETURNING id

-- name: keep
UPDATE agreement SET asked = :asked, offered = :offered, confirmed = :confirmed, contact = :contact
WHERE id = :id

-- name: drop
DELETE FROM agreement WHERE id = :id
