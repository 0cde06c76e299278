-- name: next
-- The first candidacy after one.
SELECT MIN(id) FROM candidacy WHERE id > :after

-- name: count
-- How many candidacies that count the filters let through; every filter that is NULL lets all through.
SELECT COUNT(*) FROM candidacy c
WHERE c.state <> 'void'
  AND (CAST(:term AS INTEGER) IS NULL OR (SELECT k.term FROM cohort k WHERE k.id = c.cohort_id) = :term)
  AND (CAST(:pipeline AS TEXT) IS NULL
       OR (SELECT k.pipeline FROM cohort k WHERE k.id = c.cohort_id) = :pipeline)
  AND (CAST(:unit AS BIGINT) IS NULL OR c.unit_id = :unit)

-- name: candidacies
-- Candidacies that count, by number, between two: who, where, how it ended. The same filters.
SELECT c.id, c.person_id, c.pipeline_id, c.cohort_id, c.unit_id, c.channel, c.state, c.outcome, c.closed_on,
       c.head_seq, p.name, p.protected_number, p.email, p.phone, p.university, p.graduates
FROM candidacy c JOIN person p ON p.id = c.person_id
WHERE c.id > :after AND c.id <= :last AND c.state <> 'void'
  AND (CAST(:term AS INTEGER) IS NULL OR (SELECT k.term FROM cohort k WHERE k.id = c.cohort_id) = :term)
  AND (CAST(:pipeline AS TEXT) IS NULL
       OR (SELECT k.pipeline FROM cohort k WHERE k.id = c.cohort_id) = :pipeline)
  AND (CAST(:unit AS BIGINT) IS NULL OR c.unit_id = :unit)
ORDER BY c.id

-- name: stays
-- The visits of candidacies between two.
SELECT candidacy_id, stage, entered_on, first, left_how, closed_by, reason_id FROM stay
WHERE candidacy_id > :after AND candidacy_id <= :last
ORDER BY candidacy_id, number

-- name: facts
SELECT candidacy_id, name, value, occurred_on, text_id FROM fact
WHERE candidacy_id > :after AND candidacy_id <= :last
ORDER BY candidacy_id, seq

-- name: assignments
-- Who is assigned to candidacies between two, or was when they ended.
SELECT candidacy_id, role, staff_id FROM assignment
WHERE candidacy_id > :after AND candidacy_id <= :last AND to_on IS NULL
ORDER BY candidacy_id, seq

-- name: remarks
SELECT candidacy_id, id, kind, text FROM remark
WHERE candidacy_id > :after AND candidacy_id <= :last AND kind IN ('note', 'reason', 'fact')
ORDER BY candidacy_id, id

-- name: tags
SELECT c.id, t.tag FROM candidacy c JOIN tag t ON t.person_id = c.person_id
WHERE c.id > :after AND c.id <= :last AND c.state <> 'void'
ORDER BY c.id, t.tag

-- name: touches
-- The activities that touched the persons of those candidacies that tell how they came about, the first first.
SELECT c.id, t.activity_id FROM candidacy c JOIN touch t ON t.person_id = c.person_id
WHERE c.id > :after AND c.id <= :last AND c.channel IS NOT NULL
ORDER BY c.id, t.occurred_on, t.id

-- name: activity_kinds
SELECT id, kind FROM activity ORDER BY id

-- name: logs
-- The logs of candidacies between two, with who wrote each entry; void ones only where asked for. The same filters.
SELECT c.id, c.person_id, c.number, c.cohort_id, c.unit_id,
       e.seq, e.kind, e.occurred_on, e.recorded_at, e.command_id, e.body, a.name
FROM candidacy c JOIN event e ON e.candidacy_id = c.id
JOIN command m ON m.id = e.command_id JOIN actor a ON a.id = m.actor_id
WHERE c.id > :after AND c.id <= :last AND (:void OR c.state <> 'void')
  AND (CAST(:term AS INTEGER) IS NULL OR (SELECT k.term FROM cohort k WHERE k.id = c.cohort_id) = :term)
  AND (CAST(:pipeline AS TEXT) IS NULL
       OR (SELECT k.pipeline FROM cohort k WHERE k.id = c.cohort_id) = :pipeline)
  AND (CAST(:unit AS BIGINT) IS NULL OR c.unit_id = :unit)
ORDER BY c.id, e.seq

-- name: entries
-- How many entries these logs have.
SELECT COALESCE(SUM(c.head_seq), 0) FROM candidacy c
WHERE (:void OR c.state <> 'void')
  AND (CAST(:term AS INTEGER) IS NULL OR (SELECT k.term FROM cohort k WHERE k.id = c.cohort_id) = :term)
  AND (CAST(:pipeline AS TEXT) IS NULL
       OR (SELECT k.pipeline FROM cohort k WHERE k.id = c.cohort_id) = :pipeline)
  AND (CAST(:unit AS BIGINT) IS NULL OR c.unit_id = :unit)

-- name: cohorts
SELECT id, pipeline, term, name, unit_id FROM cohort ORDER BY id

-- name: pipelines
-- Every version of a pipeline that some candidacy is on.
SELECT q.id, q.name, q.definition FROM pipeline q
WHERE EXISTS (SELECT 1 FROM candidacy c WHERE c.pipeline_id = q.id)
  AND (CAST(:pipeline AS TEXT) IS NULL OR q.name = :pipeline)
ORDER BY q.id
