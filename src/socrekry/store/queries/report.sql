-- The figures of a report, each counted over all cohorts of a range of terms at once. CROSS JOIN has SQLite
-- go from the terms to their cohorts, candidacies and stays, in that order; PostgreSQL chooses for itself.

-- name: terms
-- The terms that have a cohort of the pipeline, and candidacies of the unit where one is named.
SELECT DISTINCT k.term
FROM cohort k
WHERE (CAST(:pipeline AS TEXT) IS NULL OR k.pipeline = :pipeline)
  AND (CAST(:unit AS BIGINT) IS NULL OR k.unit_id = :unit OR EXISTS (
       SELECT 1 FROM candidacy c WHERE c.cohort_id = k.id AND c.unit_id = :unit AND c.state <> 'void'))
ORDER BY k.term

-- name: cohorts
-- The cohorts of a range of terms, each with its unit.
SELECT k.id, k.pipeline, k.term, u.name, k.name, k.seats, k.unit_id
FROM cohort k LEFT JOIN unit u ON u.id = k.unit_id
WHERE k.term BETWEEN :first AND :last
  AND (CAST(:pipeline AS TEXT) IS NULL OR k.pipeline = :pipeline)
  AND (CAST(:unit AS BIGINT) IS NULL OR k.unit_id = :unit OR EXISTS (
       SELECT 1 FROM candidacy c WHERE c.cohort_id = k.id AND c.unit_id = :unit AND c.state <> 'void'))
ORDER BY k.pipeline, k.term, COALESCE(u.search_key, ''), k.search_key, k.id

-- name: visits
-- For each cohort, version of its pipeline and stage: how many candidacies had reached it, had left it
-- forwards (once, however often they came back), and were there.
SELECT c.cohort_id, c.pipeline_id, s.stage,
       COUNT(*) FILTER (WHERE s.first),
       COUNT(*) FILTER (WHERE s.left_how = 'onward' AND s.left_on <= :as_of
                          AND (s.first OR NOT EXISTS (
                               SELECT 1 FROM stay e
                               WHERE e.candidacy_id = s.candidacy_id AND e.number < s.number
                                 AND e.stage = s.stage AND e.left_how = 'onward'))),
       COUNT(*) FILTER (WHERE s.left_on IS NULL OR s.left_on > :as_of)
FROM cohort k CROSS JOIN candidacy c CROSS JOIN stay s
WHERE k.term BETWEEN :first AND :last AND c.cohort_id = k.id AND s.candidacy_id = c.id
  AND (CAST(:pipeline AS TEXT) IS NULL OR k.pipeline = :pipeline)
  AND (CAST(:unit AS BIGINT) IS NULL OR c.unit_id = :unit)
  AND c.state <> 'void' AND s.entered_on <= :as_of
GROUP BY c.cohort_id, c.pipeline_id, s.stage
ORDER BY c.cohort_id, c.pipeline_id, s.stage

-- name: exits
-- Candidacies that had ended and not been taken up again, by stage, outcome, reason and whose doing it was.
SELECT c.cohort_id, s.stage, s.outcome, COALESCE(r.text, ''), s.closed_by, COUNT(*)
FROM cohort k CROSS JOIN candidacy c CROSS JOIN stay s
LEFT JOIN reason_told r ON r.id = s.reason_id
WHERE k.term BETWEEN :first AND :last AND c.cohort_id = k.id AND s.candidacy_id = c.id
  AND (CAST(:pipeline AS TEXT) IS NULL OR k.pipeline = :pipeline)
  AND (CAST(:unit AS BIGINT) IS NULL OR c.unit_id = :unit)
  AND c.state <> 'void' AND s.left_how = 'ended' AND s.left_on <= :as_of
  AND NOT EXISTS (SELECT 1 FROM stay l WHERE l.candidacy_id = s.candidacy_id AND l.number = s.number + 1
                    AND l.entered_on <= :as_of)
GROUP BY c.cohort_id, s.stage, s.outcome, COALESCE(r.text, ''), s.closed_by
ORDER BY c.cohort_id, s.stage, s.outcome, COALESCE(r.text, ''), s.closed_by NULLS FIRST

-- name: seats
-- For each cohort and version of its pipeline: how many candidacies held a seat, and how many had come to it
-- from the waiting list. A seat is held from its stage on, and only an ending frees it.
SELECT c.cohort_id, c.pipeline_id,
       COUNT(*) FILTER (WHERE NOT EXISTS (
           SELECT 1 FROM stay e
           WHERE e.candidacy_id = c.id AND e.left_how = 'ended' AND e.left_on <= :as_of
             AND NOT EXISTS (SELECT 1 FROM stay l WHERE l.candidacy_id = c.id AND l.number = e.number + 1
                               AND l.entered_on <= :as_of))),
       COUNT(*) FILTER (WHERE b.stage = :waiting)
FROM cohort k CROSS JOIN candidacy c CROSS JOIN stay s
LEFT JOIN stay b ON b.candidacy_id = s.candidacy_id AND b.number = s.number - 1
WHERE k.term BETWEEN :first AND :last AND c.cohort_id = k.id AND s.candidacy_id = c.id
  AND (CAST(:pipeline AS TEXT) IS NULL OR k.pipeline = :pipeline)
  AND (CAST(:unit AS BIGINT) IS NULL OR c.unit_id = :unit)
  AND c.state <> 'void' AND s.first AND s.stage = :seat AND s.entered_on <= :as_of
GROUP BY c.cohort_id, c.pipeline_id
ORDER BY c.cohort_id, c.pipeline_id

-- name: completed_stays
-- Stays that ended by going forwards: how many took so many days, for each cohort and stage.
SELECT c.cohort_id, s.stage, s.days, COUNT(*)
FROM cohort k CROSS JOIN candidacy c CROSS JOIN stay s
WHERE k.term BETWEEN :first AND :last AND c.cohort_id = k.id AND s.candidacy_id = c.id
  AND (CAST(:pipeline AS TEXT) IS NULL OR k.pipeline = :pipeline)
  AND (CAST(:unit AS BIGINT) IS NULL OR c.unit_id = :unit)
  AND c.state <> 'void' AND s.left_how = 'onward' AND s.left_on <= :as_of
GROUP BY c.cohort_id, s.stage, s.days
ORDER BY c.cohort_id, s.stage, s.days

-- name: histories
-- Every stay by candidacy, for a report in which no small group may be told apart.
SELECT c.id, c.cohort_id, s.stage, s.left_how, s.left_on, s.outcome
FROM cohort k CROSS JOIN candidacy c CROSS JOIN stay s
WHERE k.term BETWEEN :first AND :last AND c.cohort_id = k.id AND s.candidacy_id = c.id
  AND (CAST(:pipeline AS TEXT) IS NULL OR k.pipeline = :pipeline)
  AND (CAST(:unit AS BIGINT) IS NULL OR c.unit_id = :unit)
  AND c.state <> 'void' AND s.entered_on <= :as_of
ORDER BY c.cohort_id, c.id, s.number
