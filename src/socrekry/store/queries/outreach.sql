-- name: activity
SELECT a.id, a.kind, a.title, a.occurred_on, a.term, a.university, a.unit_id, u.name, a.cost, a.reached, a.minutes,
       a.applicants, a.qualified, a.deadline, a.external_id, a.ad,
       (SELECT COUNT(*) FROM touch t JOIN person p ON p.id = t.person_id
        WHERE t.activity_id = a.id AND NOT p.void)
FROM activity a LEFT JOIN unit u ON u.id = a.unit_id
WHERE a.id = :id

-- name: activities
-- Activities with how many persons were touched by each, the latest first; what is NULL lets all through.
SELECT a.id, a.kind, a.title, a.occurred_on, a.term, a.university, a.unit_id, u.name, a.cost, a.reached, a.minutes,
       a.applicants, a.qualified, a.deadline, a.external_id, a.ad, COUNT(p.id)
FROM activity a
LEFT JOIN unit u ON u.id = a.unit_id
LEFT JOIN touch t ON t.activity_id = a.id
LEFT JOIN person p ON p.id = t.person_id AND NOT p.void
WHERE (CAST(:first AS INTEGER) IS NULL OR a.term >= :first)
  AND (CAST(:last AS INTEGER) IS NULL OR a.term <= :last)
  AND (CAST(:kind AS TEXT) IS NULL OR a.kind = :kind)
  AND (CAST(:university AS TEXT) IS NULL OR a.university = :university)
  AND (CAST(:unit AS BIGINT) IS NULL OR a.unit_id = :unit)
GROUP BY a.id, u.id
ORDER BY a.occurred_on DESC, a.id DESC

-- name: by_external_id
SELECT id, title FROM activity WHERE external_id = :external_id

-- name: titles
SELECT id, title FROM activity ORDER BY id

-- name: add_activity
INSERT INTO activity (kind, title, occurred_on, term, university, unit_id, cost, reached, minutes, applicants,
                      qualified, deadline, external_id, ad)
VALUES (:kind, :title, :occurred_on, :term, :university, :unit_id, :cost, :reached, :minutes, :applicants,
        :qualified, :deadline, :external_id, :ad)
RETURNING id

-- name: keep_activity
UPDATE activity SET title = :title, occurred_on = :occurred_on, term = :term, university = :university,
       unit_id = :unit_id, cost = :cost, reached = :reached, minutes = :minutes, applicants = :applicants,
       qualified = :qualified, deadline = :deadline
WHERE id = :id

-- name: drop_activity
DELETE FROM activity WHERE id = :id

-- name: touches_on
-- Touches of an activity on one day.
SELECT id, person_id FROM touch WHERE activity_id = :activity AND occurred_on = :on ORDER BY id

-- name: whose_touch
SELECT person_id FROM touch WHERE id = :id

-- name: touches_hidden
-- How many touches of an activity row security hides.
SELECT COUNT(*) FROM touch_made m LEFT JOIN touch t ON t.id = m.touch_id
WHERE m.activity_id = :activity AND t.id IS NULL

-- name: redate_touch
-- A touch of one day becomes one of another; one of any other day is left.
UPDATE touch SET occurred_on = :then WHERE id = :id AND occurred_on = :now

-- name: participants
-- The persons that an activity touched, with what they may be called.
SELECT t.person_id, p.name, p.protected_number, t.occurred_on
FROM touch t JOIN person p ON p.id = t.person_id
WHERE t.activity_id = :activity AND NOT p.void
ORDER BY t.occurred_on, p.sort_key, t.person_id

-- name: voices
-- What was said at an activity, the most frequent first.
SELECT kind, theme, number, text FROM voice WHERE activity_id = :activity ORDER BY number DESC, id

-- name: touch
SELECT id, occurred_on FROM touch WHERE person_id = :person AND activity_id = :activity

-- name: add_touch
INSERT INTO touch (person_id, activity_id, occurred_on) VALUES (:person, :activity, :occurred_on) RETURNING id

-- name: restore_touch
-- A touch that was taken away, put back under the number that it had.
INSERT INTO touch (id, person_id, activity_id, occurred_on) VALUES (:id, :person, :activity, :occurred_on)

-- name: drop_touch
DELETE FROM touch WHERE id = :id

-- name: touches_of
-- Every activity that touched a person, the earliest first.
SELECT t.occurred_on, t.id, a.kind, a.id, a.title
FROM touch t JOIN activity a ON a.id = t.activity_id
WHERE t.person_id = :person
ORDER BY t.occurred_on, t.id

-- name: channels_of
-- How a person was first met, as each of her candidacies that counts says, and the day on which it began.
SELECT c.number, c.channel, s.entered_on
FROM candidacy c JOIN stay s ON s.candidacy_id = c.id AND s.number = 1
WHERE c.person_id = :person AND c.state <> 'void' AND c.channel IS NOT NULL
ORDER BY s.entered_on, c.number
