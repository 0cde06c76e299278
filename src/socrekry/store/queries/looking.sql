-- name: person
SELECT p.name, p.protected_number, p.email, p.phone, p.university, v.name, p.graduates
FROM person p LEFT JOIN university v ON v.code = p.university WHERE p.id = :person

-- name: candidacies
-- Every candidacy of a person that was ever begun, the latest last.
SELECT c.id, c.number, c.state, c.stage, c.outcome, q.name, k.term, k.name, u.name, c.entered_on, c.due_on,
       c.closed_on, c.paused_until, c.rank
FROM candidacy c JOIN pipeline q ON q.id = c.pipeline_id JOIN cohort k ON k.id = c.cohort_id
LEFT JOIN unit u ON u.id = c.unit_id
WHERE c.person_id = :person ORDER BY c.number

-- name: remarks
-- A candidacy's words by number, with who wrote them and when.
SELECT r.id, r.kind, r.text, r.occurred_on, m.recorded_at, a.name
FROM remark r JOIN command m ON m.id = r.command_id JOIN actor a ON a.id = m.actor_id
WHERE r.candidacy_id = :candidacy ORDER BY r.id

-- name: staff_names
-- Everybody who was ever assigned to a candidacy.
SELECT DISTINCT s.id, s.name FROM assignment a JOIN staff s ON s.id = a.staff_id
WHERE a.candidacy_id = :candidacy ORDER BY s.id

-- name: cohort
SELECT k.pipeline, k.term, k.name, u.name FROM cohort k LEFT JOIN unit u ON u.id = k.unit_id WHERE k.id = :cohort

-- name: person_facts
-- Every fact that stands about a person or in one of her candidacies.
SELECT f.name, f.value, f.occurred_on, t.text, s.text, f.about_person, c.number
FROM fact f JOIN candidacy c ON c.id = f.candidacy_id
LEFT JOIN remark t ON t.id = f.text_id LEFT JOIN remark s ON s.id = f.seen_by_id
WHERE f.person_id = :person ORDER BY f.occurred_on, f.candidacy_id, f.seq

-- name: staff_name
SELECT name FROM staff WHERE id = :staff
