-- Where candidates come from: what is counted where nothing has to be attributed, and what attribution must know.
-- ``brought`` are the activities of a range of terms and those that touched somebody of its cohorts; ``met`` are
-- all whom those have touched, and whoever has several candidacies: a cost is divided among all that it brought.
-- CROSS JOIN has SQLite go from the few to the many, in that order; PostgreSQL chooses for itself.

-- name: pipelines
-- Every version that somebody is or was on.
SELECT p.id, p.name, p.definition
FROM pipeline p
WHERE EXISTS (SELECT 1 FROM candidacy c WHERE c.pipeline_id = p.id)
ORDER BY p.id

-- name: words
-- Candidacies of those who were met in no activity and have no other candidacy, by term and channel: how many
-- reached each stage of their version of a pipeline, and of those who begin there when that was and when they graduate.
SELECT k.term, c.channel, c.pipeline_id, s.stage, s.number = 1,
       CASE WHEN s.number = 1 THEN p.graduates END,
       CASE WHEN s.number = 1 AND p.graduates IS NOT NULL THEN s.entered_on END,
       COUNT(*)
FROM cohort k CROSS JOIN candidacy c CROSS JOIN person p CROSS JOIN stay s
WHERE k.term BETWEEN :first AND :last AND c.cohort_id = k.id AND p.id = c.person_id AND s.candidacy_id = c.id
  AND (CAST(:pipeline AS TEXT) IS NULL OR k.pipeline = :pipeline)
  AND (CAST(:unit AS BIGINT) IS NULL OR c.unit_id = :unit)
  AND c.state <> 'void' AND s.first AND s.entered_on <= :as_of
  AND NOT EXISTS (SELECT 1 FROM touch t WHERE t.person_id = c.person_id)
  AND NOT EXISTS (SELECT 1 FROM candidacy o
                  WHERE o.person_id = c.person_id AND o.id <> c.id AND o.state <> 'void')
GROUP BY 1, 2, 3, 4, 5, 6, 7

-- name: activities
-- Activities for the terms, and those that touched somebody who is in a cohort of theirs.
WITH brought (id) AS (
    SELECT a.id FROM activity a
    WHERE a.term BETWEEN :first AND :last
       OR a.id IN (SELECT t.activity_id
                   FROM cohort k CROSS JOIN candidacy c CROSS JOIN touch t
                   WHERE k.term BETWEEN :first AND :last AND c.cohort_id = k.id AND c.state <> 'void'
                     AND t.person_id = c.person_id))
SELECT a.id, a.kind, a.title, a.occurred_on, a.term, a.university, a.unit_id, a.cost, a.reached, a.applicants,
       a.qualified
FROM brought b CROSS JOIN activity a
WHERE a.id = b.id AND a.occurred_on <= :as_of
ORDER BY a.occurred_on, a.id

-- name: touches
-- Every contact in an activity with those who were met.
WITH brought (id) AS (
    SELECT a.id FROM activity a
    WHERE a.term BETWEEN :first AND :last
       OR a.id IN (SELECT t.activity_id
                   FROM cohort k CROSS JOIN candidacy c CROSS JOIN touch t
                   WHERE k.term BETWEEN :first AND :last AND c.cohort_id = k.id AND c.state <> 'void'
                     AND t.person_id = c.person_id)),
met (id) AS (
    SELECT t.person_id FROM brought b CROSS JOIN touch t WHERE t.activity_id = b.id
    UNION
    SELECT c.person_id
    FROM cohort k CROSS JOIN candidacy c CROSS JOIN candidacy o
    WHERE k.term BETWEEN :first AND :last AND c.cohort_id = k.id AND c.state <> 'void'
      AND o.person_id = c.person_id AND o.id <> c.id AND o.state <> 'void')
SELECT t.person_id, t.occurred_on, t.id, a.kind, a.id
FROM met m CROSS JOIN touch t CROSS JOIN activity a
WHERE t.person_id = m.id AND a.id = t.activity_id AND t.occurred_on <= :as_of AND a.occurred_on <= :as_of

-- name: candidacies
-- Every candidacy in one pipeline of those who were met: the days it began and ended on (won or closed, and not
-- taken up again), and whether it ever reached the stages that are named; of any term, for a cost is divided.
WITH brought (id) AS (
    SELECT a.id FROM activity a
    WHERE a.term BETWEEN :first AND :last
       OR a.id IN (SELECT t.activity_id
                   FROM cohort k CROSS JOIN candidacy c CROSS JOIN touch t
                   WHERE k.term BETWEEN :first AND :last AND c.cohort_id = k.id AND c.state <> 'void'
                     AND t.person_id = c.person_id)),
met (id) AS (
    SELECT t.person_id FROM brought b CROSS JOIN touch t WHERE t.activity_id = b.id
    UNION
    SELECT c.person_id
    FROM cohort k CROSS JOIN candidacy c CROSS JOIN candidacy o
    WHERE k.term BETWEEN :first AND :last AND c.cohort_id = k.id AND c.state <> 'void'
      AND o.person_id = c.person_id AND o.id <> c.id AND o.state <> 'void')
SELECT c.person_id, c.number, c.channel, c.pipeline_id, k.term, c.unit_id, p.graduates,
       MIN(s.entered_on),
       COALESCE(MIN(s.entered_on) FILTER (WHERE s.stage = :won),
                CASE WHEN MAX(s.number) FILTER (WHERE s.left_how = 'ended') = MAX(s.number) THEN MAX(s.left_on) END),
       COUNT(*) FILTER (WHERE s.stage = :base AND s.first),
       COUNT(*) FILTER (WHERE s.stage = :qualified AND s.first),
       COUNT(*) FILTER (WHERE s.stage = :hired AND s.first)
FROM met m CROSS JOIN person p CROSS JOIN candidacy c CROSS JOIN cohort k CROSS JOIN stay s
WHERE p.id = m.id AND c.person_id = m.id AND k.id = c.cohort_id AND s.candidacy_id = c.id
  AND k.pipeline = :name AND c.state <> 'void' AND s.entered_on <= :as_of
GROUP BY c.id, k.id, p.id
