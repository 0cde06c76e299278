-- name: read
-- A candidacy with what its guards must know of it and its surroundings.
SELECT c.person_id, c.number, c.head_seq, c.head_hash, c.channel,
       p.name, p.protected_number, p.graduates,
       q.id, q.definition, k.id, k.term, u.name, u.child_and_youth, f.person_id, f.number
FROM candidacy c
JOIN person p ON p.id = c.person_id
JOIN pipeline q ON q.id = c.pipeline_id
JOIN cohort k ON k.id = c.cohort_id
LEFT JOIN unit u ON u.id = c.unit_id
LEFT JOIN former_id f ON f.candidacy_id = c.id
WHERE c.id = :candidacy

-- name: of_person
SELECT id FROM candidacy WHERE person_id = :person ORDER BY number

-- name: person_facts
-- The facts about the person that her other candidacies hold.
SELECT name, value, occurred_on, seq, text_id, seen_by_id
FROM fact WHERE person_id = :person AND about_person AND candidacy_id <> :candidacy
ORDER BY occurred_on, candidacy_id, seq

-- name: seats
-- A cohort's places, and how many of them other candidacies hold.
SELECT seats, term,
       (SELECT COUNT(*) FROM seat_taken s WHERE s.cohort_id = cohort.id AND s.candidacy_id <> :candidacy)
FROM cohort WHERE id = :cohort

-- name: room
-- A member of staff's capacity in a term (none once she has left), and how many take of it: the other
-- candidacies under supervision there, and those who are in no pipeline, until their term is over.
SELECT CASE WHEN left_on <= :today THEN 0
            ELSE COALESCE((SELECT capacity FROM staff_capacity WHERE staff_id = staff.id AND term = :term), capacity)
       END,
       (SELECT COUNT(DISTINCT r.candidacy_id) FROM room_taken r
        WHERE r.staff_id = staff.id AND r.term = :term AND r.candidacy_id <> :candidacy)
       + (SELECT COUNT(DISTINCT e.search_key) FROM external_assignment e
          WHERE e.staff_id = staff.id AND e.to_on IS NULL AND e.term = :term AND e.term >= :current)
FROM staff WHERE id = :staff

-- name: roles
SELECT role FROM staff_role WHERE staff_id = :staff ORDER BY role

-- name: first_in_line
-- Who waits first for a seat: by rank, then by the day of coming to the waiting list. Of one whom row security
-- hides, nothing but NULL.
SELECT c.person_id, c.number, p.name, p.protected_number
FROM first_in_line f LEFT JOIN candidacy c ON c.id = f.candidacy_id LEFT JOIN person p ON p.id = c.person_id
WHERE f.cohort_id = :cohort AND f.stage = :waiting

-- name: next_number
-- The number after those that a person's candidacies have or had: one that came by a merge may have gone again.
SELECT COALESCE(MAX(number), 0) + 1 FROM (
    SELECT number FROM candidacy WHERE person_id = :person
    UNION ALL
    SELECT CAST(e.after AS INTEGER) FROM edit e
    WHERE e.entity = 'merge' AND e.field = 'candidacy'
      AND e."key" >= CAST(:person AS TEXT) || ':' AND e."key" < CAST(:person AS TEXT) || ';') given

-- name: add
INSERT INTO candidacy (person_id, number, pipeline_id, cohort_id, unit_id, channel, state, stage,
                       holds_seat, supervised, head_seq, head_hash, changed_at)
VALUES (:person, :number, :pipeline, :cohort, :unit, :channel, 'void', '', :no, :no, 0, :genesis, :changed_at)
RETURNING id

-- name: keep
UPDATE candidacy SET cohort_id = :cohort, unit_id = :unit, state = :state, stage = :stage,
       entered_on = :entered_on, due_on = :due_on, outcome = :outcome, closed_on = :closed_on,
       holds_seat = :holds_seat, supervised = :supervised,
       paused_from = :paused_from, paused_until = :paused_until, rank = :rank,
       head_seq = :head_seq, head_hash = :head_hash, changed_at = :changed_at
WHERE id = :candidacy AND head_seq = :seen_seq

-- name: keep_person
-- A person counts while any of her candidacies does.
UPDATE person SET void = NOT EXISTS
       (SELECT 1 FROM candidacy c WHERE c.person_id = person.id AND c.state <> 'void')
WHERE id = :person

-- name: drop_stays
DELETE FROM stay WHERE candidacy_id = :candidacy AND number >= :number

-- name: add_stay
INSERT INTO stay (candidacy_id, number, stage, entered_on, entered_seq, first, left_on, left_seq, left_how,
                  outcome, closed_by, reason_id, paused_days, days, left_to, pipeline_id)
VALUES (:candidacy, :number, :stage, :entered_on, :entered_seq, :first, :left_on, :left_seq, :left_how,
        :outcome, :closed_by, :reason, :paused_days, :days, :left_to,
        (SELECT pipeline_id FROM candidacy WHERE id = :candidacy))

-- name: drop_fact
DELETE FROM fact WHERE candidacy_id = :candidacy AND seq = :seq

-- name: add_fact
INSERT INTO fact (candidacy_id, seq, person_id, about_person, name, value, occurred_on, text_id, seen_by_id)
VALUES (:candidacy, :seq, :person, :about_person, :name, :value, :occurred_on, :text, :seen_by)

-- name: drop_assignment
DELETE FROM assignment WHERE candidacy_id = :candidacy AND seq = :seq

-- name: add_assignment
INSERT INTO assignment (candidacy_id, seq, role, staff_id, from_on, to_on)
VALUES (:candidacy, :seq, :role, :staff, :from_on, :to_on)

-- name: fact_holder
-- The person's other candidacy that holds a fact about her, the latest first.
SELECT candidacy_id FROM fact
WHERE person_id = :person AND name = :name AND about_person
ORDER BY occurred_on DESC, candidacy_id DESC LIMIT 1
