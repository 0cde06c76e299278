-- name: units
-- Every unit, with its open candidacies and the staff that have not left it.
SELECT u.id, u.name, u.employer, u.child_and_youth, u.search_key,
       (SELECT COUNT(*) FROM candidacy c WHERE c.unit_id = u.id AND c.state = 'open'),
       (SELECT COUNT(*) FROM staff s WHERE s.unit_id = u.id AND s.left_on IS NULL)
FROM unit u ORDER BY u.search_key, u.id

-- name: unit_names
SELECT id, name, employer, child_and_youth, search_key FROM unit ORDER BY search_key, id

-- name: add_unit
INSERT INTO unit (name, employer, child_and_youth, search_key)
VALUES (:name, :employer, :child_and_youth, :search_key) RETURNING id

-- name: drop_unit
DELETE FROM unit WHERE id = :id

-- name: universities
SELECT code, name, town,
       (SELECT COUNT(*) FROM person p WHERE p.university = university.code AND NOT p.void)
FROM university ORDER BY code

-- name: university_names
SELECT code, name, town FROM university ORDER BY code

-- name: add_university
INSERT INTO university (code, name, town) VALUES (:code, :name, :town)

-- name: drop_university
DELETE FROM university WHERE code = :id

-- name: cohorts
SELECT k.id, k.pipeline, k.term, k.seats, k.name, k.registry_number, k.unit_id, u.name
FROM cohort k LEFT JOIN unit u ON u.id = k.unit_id
WHERE (CAST(:term AS INTEGER) IS NULL OR k.term = :term)
  AND (CAST(:pipeline AS TEXT) IS NULL OR k.pipeline = :pipeline)
ORDER BY k.term, k.pipeline, u.search_key NULLS FIRST, k.search_key, k.id

-- name: cohort
SELECT k.id, k.pipeline, k.term, k.seats, k.name, k.registry_number, k.unit_id, u.name
FROM cohort k LEFT JOIN unit u ON u.id = k.unit_id
WHERE k.id = :id

-- name: seats_taken
-- How many seats of each cohort are held; cohorts with none are left out.
SELECT s.cohort_id, COUNT(*) FROM seat_taken s
WHERE CAST(:cohort AS BIGINT) IS NULL OR s.cohort_id = :cohort
GROUP BY s.cohort_id ORDER BY s.cohort_id

-- name: open_by_stage
-- Where the open candidacies of each cohort stand; the pipeline's version says which stage is the waiting list.
SELECT c.cohort_id, c.pipeline_id, c.stage, COUNT(*) FROM candidacy c WHERE c.state = 'open'
  AND (CAST(:cohort AS BIGINT) IS NULL OR c.cohort_id = :cohort)
GROUP BY c.cohort_id, c.pipeline_id, c.stage ORDER BY c.cohort_id, c.pipeline_id, c.stage

-- name: add_cohort
INSERT INTO cohort (pipeline, term, seats, name, registry_number, unit_id, search_key)
VALUES (:pipeline, :term, :seats, :name, :registry_number, :unit_id, :search_key) RETURNING id

-- name: keep_cohort
UPDATE cohort SET seats = :seats, name = :name, registry_number = :registry_number, search_key = :search_key
WHERE id = :id

-- name: drop_cohort
DELETE FROM cohort WHERE id = :id

-- name: staff
SELECT s.id, s.name, s.search_key, s.capacity, s.unit_id, u.name, s.left_on
FROM staff s LEFT JOIN unit u ON u.id = s.unit_id ORDER BY s.search_key, s.id

-- name: staff_member
SELECT s.id, s.name, s.search_key, s.capacity, s.unit_id, u.name, s.left_on
FROM staff s LEFT JOIN unit u ON u.id = s.unit_id WHERE s.id = :id

-- name: staff_roles
SELECT staff_id, role FROM staff_role
WHERE CAST(:staff AS BIGINT) IS NULL OR staff_id = :staff ORDER BY staff_id, role

-- name: staff_capacities
-- The capacities that hold in one term, in place of the usual one.
SELECT staff_id, term, capacity FROM staff_capacity
WHERE CAST(:staff AS BIGINT) IS NULL OR staff_id = :staff ORDER BY staff_id, term

-- name: assigned
-- Whom each member of staff has now, in which role; an assignment counts while the candidacy is supervised.
-- Of one whom row security hides, nothing but that she is there.
SELECT r.staff_id, r.term, c.person_id, c.number, p.name, p.protected_number, r.role, r.candidacy_id
FROM room_taken r
LEFT JOIN candidacy c ON c.id = r.candidacy_id
LEFT JOIN person p ON p.id = c.person_id
WHERE CAST(:staff AS BIGINT) IS NULL OR r.staff_id = :staff
ORDER BY r.staff_id, r.term, c.person_id NULLS LAST, c.number, r.candidacy_id, r.role

-- name: add_staff
INSERT INTO staff (name, search_key, capacity, unit_id, left_on)
VALUES (:name, :search_key, :capacity, :unit_id, :left_on) RETURNING id

-- name: keep_staff
UPDATE staff SET name = :name, search_key = :search_key, capacity = :capacity, unit_id = :unit_id,
       left_on = :left_on
WHERE id = :id

-- name: drop_staff
DELETE FROM staff WHERE id = :id

-- name: add_role
INSERT INTO staff_role (staff_id, role) VALUES (:staff, :role)

-- name: drop_role
DELETE FROM staff_role WHERE staff_id = :staff AND role = :role

-- name: add_capacity
INSERT INTO staff_capacity (staff_id, term, capacity) VALUES (:staff, :term, :capacity)

-- name: drop_capacity
DELETE FROM staff_capacity WHERE staff_id = :staff AND term = :term

-- name: pipelines
-- Every installed version, the newest first, with the candidacies on it: those that are open, and all that count.
SELECT q.id, q.name, q.version, q.digest, q.definition, q.installed_at,
       (SELECT COUNT(*) FROM candidacy c WHERE c.pipeline_id = q.id AND c.state = 'open'),
       (SELECT COUNT(*) FROM candidacy c WHERE c.pipeline_id = q.id AND c.state <> 'void')
FROM pipeline q
WHERE CAST(:name AS TEXT) IS NULL OR q.name = :name
ORDER BY q.name, q.version DESC

-- name: pipeline_names
SELECT DISTINCT name FROM pipeline ORDER BY name

-- name: definition
SELECT definition FROM pipeline WHERE id = :id

-- name: definitions
-- Every installed version, the newest of each pipeline last.
SELECT id, name, definition FROM pipeline ORDER BY id

-- name: latest_pipeline
-- The version that new candidacies begin on.
SELECT id, definition FROM pipeline WHERE name = :name ORDER BY version DESC LIMIT 1

-- name: add_pipeline
INSERT INTO pipeline (name, version, digest, definition, source, installed_at)
VALUES (:name, :version, :digest, :definition, :source, :installed_at) RETURNING id

-- name: cohorts_without_pipeline
-- The cohorts that would be left without any version of their pipeline if this one were taken away.
SELECT COUNT(*) FROM cohort k JOIN pipeline q ON q.name = k.pipeline
WHERE q.id = :id AND NOT EXISTS (SELECT 1 FROM pipeline o WHERE o.name = q.name AND o.id <> q.id)

-- name: drop_pipeline
DELETE FROM pipeline WHERE id = :id

-- name: externals
-- Those who are in no pipeline and take a place all the same, as long as it lasts.
SELECT e.id, e.label, e.search_key, e.staff_id, s.name, e.role, e.term, e.from_on
FROM external_assignment e JOIN staff s ON s.id = e.staff_id
WHERE e.to_on IS NULL AND (CAST(:staff AS BIGINT) IS NULL OR e.staff_id = :staff)
  AND (CAST(:term AS INTEGER) IS NULL OR e.term = :term)
  AND (CAST(:current AS INTEGER) IS NULL OR e.term >= :current)
ORDER BY e.staff_id, e.term, e.search_key, e.role DESC, e.id

-- name: external
SELECT id, label, search_key, staff_id, role, term, from_on, to_on FROM external_assignment WHERE id = :id

-- name: add_external
INSERT INTO external_assignment (label, search_key, staff_id, role, term, from_on, to_on)
VALUES (:label, :search_key, :staff, :role, :term, :from_on, NULL) RETURNING id

-- name: keep_external
UPDATE external_assignment SET to_on = :to_on WHERE id = :id

-- name: drop_external
DELETE FROM external_assignment WHERE id = :id
