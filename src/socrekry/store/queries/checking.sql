-- name: pipelines
SELECT id, name, version, digest, definition FROM pipeline ORDER BY id

-- name: count
SELECT COUNT(*) FROM candidacy

-- name: candidacies
-- The next candidacies after a number, with what is kept of each beside its log, and the id it was begun under.
SELECT c.id, c.person_id, c.number, c.pipeline_id, c.cohort_id, c.unit_id, c.state, c.stage, c.entered_on, c.due_on,
       c.outcome, c.closed_on, c.holds_seat, c.supervised, c.paused_from, c.paused_until, c.rank, c.head_seq,
       c.head_hash, f.person_id, f.number
FROM candidacy c LEFT JOIN former_id f ON f.candidacy_id = c.id WHERE c.id > :after ORDER BY c.id LIMIT :most

-- name: log
-- The logs of the candidacies between two numbers, with who gave the command. (As a join, PostgreSQL would read
-- every command for each few candidacies.)
SELECT e.candidacy_id, e.seq, e.command_id, (SELECT actor_id FROM command WHERE command.id = e.command_id),
       e.occurred_on, e.recorded_at, e.kind, e.version, e.body, e.hash
FROM event e
WHERE e.candidacy_id BETWEEN :first AND :last ORDER BY e.candidacy_id, e.seq

-- name: stays
SELECT candidacy_id, number, stage, entered_on, entered_seq, first, left_on, left_seq, left_how,
       outcome, closed_by, reason_id, paused_days, days, left_to, pipeline_id
FROM stay WHERE candidacy_id BETWEEN :first AND :last ORDER BY candidacy_id, number

-- name: facts
SELECT candidacy_id, seq, person_id, about_person, name, value, occurred_on, text_id, seen_by_id
FROM fact WHERE candidacy_id BETWEEN :first AND :last ORDER BY candidacy_id, seq

-- name: assignments
SELECT candidacy_id, seq, role, staff_id, from_on, to_on
FROM assignment WHERE candidacy_id BETWEEN :first AND :last ORDER BY candidacy_id, seq

-- name: crowded
-- The cohorts in which more candidacies hold a seat than there are seats.
SELECT k.id, k.pipeline, k.term, k.name, u.name, k.seats, COUNT(*)
FROM cohort k JOIN candidacy c ON c.cohort_id = k.id AND c.holds_seat LEFT JOIN unit u ON u.id = k.unit_id
GROUP BY k.id, k.pipeline, k.term, k.name, u.name, k.seats
HAVING COUNT(*) > k.seats ORDER BY k.id

-- name: miscounted
-- The persons who count although none of their candidacies does, or the other way round.
SELECT p.id FROM person p
WHERE p.void = EXISTS (SELECT 1 FROM candidacy c WHERE c.person_id = p.id AND c.state <> 'void')
ORDER BY p.id

-- name: label
SELECT person_id, number FROM candidacy WHERE id = :candidacy

-- name: heads
-- The end of each log after a candidacy, by the person and number that it was begun under: a log is chained under
-- those, and a head that was kept before a merge is found after it.
SELECT person, number, head_seq, head_hash FROM (
    SELECT * FROM (
        SELECT c.person_id AS person, c.number AS number, c.head_seq, c.head_hash FROM candidacy c
        WHERE (c.person_id > :person OR (c.person_id = :person AND c.number > :number)) AND c.head_seq > 0
          AND NOT EXISTS (SELECT 1 FROM former_id f WHERE f.candidacy_id = c.id)
        ORDER BY c.person_id, c.number LIMIT :most) unmoved
    UNION ALL
    SELECT * FROM (
        SELECT f.person_id, f.number, c.head_seq, c.head_hash
        FROM former_id f JOIN candidacy c ON c.id = f.candidacy_id
        WHERE (f.person_id > :person OR (f.person_id = :person AND f.number > :number)) AND c.head_seq > 0
        ORDER BY f.person_id, f.number LIMIT :most) moved) ends
ORDER BY person, number LIMIT :most

-- name: hash_at
-- How far a candidacy's log goes, and the hash of one of its entries; by the id that it was begun under.
SELECT c.head_seq, (SELECT e.hash FROM event e WHERE e.candidacy_id = c.id AND e.seq = :seq)
FROM candidacy c
WHERE c.id = COALESCE(
    (SELECT f.candidacy_id FROM former_id f WHERE f.person_id = :person AND f.number = :number),
    (SELECT k.id FROM candidacy k WHERE k.person_id = :person AND k.number = :number
     AND NOT EXISTS (SELECT 1 FROM former_id f WHERE f.candidacy_id = k.id)))

-- name: drop_facts
DELETE FROM fact WHERE candidacy_id = :candidacy

-- name: drop_assignments
DELETE FROM assignment WHERE candidacy_id = :candidacy
