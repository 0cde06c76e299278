-- name: pipelines
SELECT id, name, version, digest, definition FROM pipeline ORDER BY id

-- name: count
SELECT COUNT(*) FROM candidacy

-- name: candidacies
-- The next candidacies after a number, with what is kept of each beside its log.
SELECT id, person_id, number, pipeline_id, cohort_id, unit_id, state, stage, entered_on, due_on, outcome,
       closed_on, holds_seat, supervised, paused_from, paused_until, rank, head_seq, head_hash
FROM candidacy WHERE id > :after ORDER BY id LIMIT :most

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
-- The end of each log after a candidacy, by person and number.
SELECT person_id, number, head_seq, head_hash FROM candidacy
WHERE (person_id > :person OR (person_id = :person AND number > :number)) AND head_seq > 0
ORDER BY person_id, number LIMIT :most

-- name: hash_at
-- How far a candidacy's log goes, and the hash of one of its entries.
SELECT c.head_seq, (SELECT e.hash FROM event e WHERE e.candidacy_id = c.id AND e.seq = :seq)
FROM candidacy c WHERE c.person_id = :person AND c.number = :number

-- name: drop_facts
DELETE FROM fact WHERE candidacy_id = :candidacy

-- name: drop_assignments
DELETE FROM assignment WHERE candidacy_id = :candidacy
