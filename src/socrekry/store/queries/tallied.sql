-- The figures that `report`, `forecast`, `needs` and `retention` count by a day, read from the tallies, which tell
-- of all that has occurred: the same rows wherever nothing has occurred after the day that is asked about. CROSS
-- JOIN has SQLite go from the terms to their cohorts; PostgreSQL chooses for itself.

-- name: answers
-- Whether they tell of a day: nothing that they count has begun, moved, rested or ended since. Whoever may not see
-- everything is shown none of them.
SELECT EXISTS (SELECT 1 FROM visit_tally)
   AND NOT EXISTS (SELECT 1 FROM candidacy WHERE state = 'open' AND entered_on > :as_of)
   AND NOT EXISTS (SELECT 1 FROM candidacy WHERE state = 'won' AND entered_on > :as_of)
   AND NOT EXISTS (SELECT 1 FROM candidacy WHERE closed_on > :as_of)
   AND NOT EXISTS (SELECT 1 FROM standing_tally WHERE told_on > :as_of AND n > 0)

-- name: answers_of_courses
-- Whether nothing has been said since of those who started.
SELECT NOT EXISTS (SELECT 1 FROM course_tally WHERE (left_on > :as_of OR still_on > :as_of) AND n > 0)

-- name: answers_of_credits
-- Whether nobody has been met since, nor has an activity been moved to a later day after somebody took part in it.
SELECT NOT EXISTS (SELECT 1 FROM touch WHERE occurred_on > :as_of)
   AND NOT EXISTS (SELECT 1 FROM activity a WHERE a.occurred_on > :as_of
                   AND EXISTS (SELECT 1 FROM touch t WHERE t.activity_id = a.id))

-- name: visits
SELECT v.cohort_id, v.pipeline_id, v.stage,
       COALESCE(SUM(v.n) FILTER (WHERE v.first), 0),
       COALESCE(SUM(v.n) FILTER (WHERE v.completed), 0),
       COALESCE(SUM(v.n) FILTER (WHERE v.left_how = ''), 0)
FROM cohort k CROSS JOIN visit_tally v
WHERE k.term BETWEEN :first AND :last AND v.cohort_id = k.id
  AND (CAST(:pipeline AS TEXT) IS NULL OR k.pipeline = :pipeline)
  AND (CAST(:unit AS BIGINT) IS NULL OR v.unit_id = :unit)
GROUP BY v.cohort_id, v.pipeline_id, v.stage HAVING SUM(v.n) > 0
ORDER BY v.cohort_id, v.pipeline_id, v.stage

-- name: exits
SELECT v.cohort_id, v.stage, v.outcome, v.reason, NULLIF(v.closed_by, ''), SUM(v.n)
FROM cohort k CROSS JOIN visit_tally v
WHERE k.term BETWEEN :first AND :last AND v.cohort_id = k.id
  AND (CAST(:pipeline AS TEXT) IS NULL OR k.pipeline = :pipeline)
  AND (CAST(:unit AS BIGINT) IS NULL OR v.unit_id = :unit)
  AND v.outcome <> ''
GROUP BY v.cohort_id, v.stage, v.outcome, v.reason, v.closed_by HAVING SUM(v.n) > 0
ORDER BY v.cohort_id, v.stage, v.outcome, v.reason, v.closed_by

-- name: seats
SELECT v.cohort_id, v.pipeline_id,
       COALESCE(SUM(v.n) FILTER (WHERE v.seat), 0),
       COALESCE(SUM(v.n) FILTER (WHERE v.first AND v.stage = :seat AND v.before = :waiting), 0)
FROM cohort k CROSS JOIN visit_tally v
WHERE k.term BETWEEN :first AND :last AND v.cohort_id = k.id
  AND (CAST(:pipeline AS TEXT) IS NULL OR k.pipeline = :pipeline)
  AND (CAST(:unit AS BIGINT) IS NULL OR v.unit_id = :unit)
GROUP BY v.cohort_id, v.pipeline_id HAVING SUM(v.n) > 0
ORDER BY v.cohort_id, v.pipeline_id

-- name: left_stays
SELECT t.cohort_id, t.stage, t.days, t.onward, SUM(t.n)
FROM cohort k CROSS JOIN time_tally t
WHERE k.term BETWEEN :first AND :last AND t.cohort_id = k.id
  AND (CAST(:pipeline AS TEXT) IS NULL OR k.pipeline = :pipeline)
  AND (CAST(:unit AS BIGINT) IS NULL OR t.unit_id = :unit)
GROUP BY 1, 2, 3, 4 HAVING SUM(t.n) > 0
ORDER BY 1, 2, 3, 4

-- name: open_stays
SELECT t.cohort_id, t.pipeline_id, t.stage, t.entered_on, t.paused_days, NULLIF(t.paused_from, ''),
       NULLIF(t.paused_until, ''), NULL, SUM(t.n)
FROM cohort k CROSS JOIN standing_tally t
WHERE k.term BETWEEN :first AND :last AND t.cohort_id = k.id
  AND (CAST(:pipeline AS TEXT) IS NULL OR k.pipeline = :pipeline)
  AND (CAST(:unit AS BIGINT) IS NULL OR t.unit_id = :unit)
GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING SUM(t.n) > 0
ORDER BY 1, 2, 3, 4, 5, 6 NULLS FIRST, 7 NULLS FIRST

-- name: left
SELECT pipeline_id, stage, days, NULLIF(left_to, ''), n FROM left_tally WHERE n > 0
ORDER BY pipeline_id, stage, days, left_to

-- name: standing
SELECT t.entered_on, t.pipeline_id, k.term, NULLIF(t.unit_id, 0), t.stage, t.paused_days,
       NULLIF(t.paused_from, ''), NULLIF(t.paused_until, ''), NULL, SUM(t.n)
FROM standing_tally t CROSS JOIN cohort k
WHERE k.id = t.cohort_id
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 HAVING SUM(t.n) > 0
ORDER BY 1, 2, 3, 4 NULLS FIRST, 5, 6, 7 NULLS FIRST, 8 NULLS FIRST

-- name: standing_by_stage
SELECT t.pipeline_id, k.term, NULLIF(t.unit_id, 0), t.stage, SUM(t.n)
FROM standing_tally t CROSS JOIN cohort k
WHERE k.id = t.cohort_id
GROUP BY 1, 2, 3, 4 HAVING SUM(t.n) > 0
ORDER BY 1, 2, 3 NULLS FIRST, 4

-- name: courses
SELECT t.started_on, NULLIF(t.left_on, ''), NULLIF(t.still_on, ''), t.left_last, NULLIF(t.reason, ''), NULL, t.n
FROM cohort k CROSS JOIN course_tally t
WHERE k.term BETWEEN :first AND :last AND t.cohort_id = k.id
  AND (CAST(:pipeline AS TEXT) IS NULL OR k.pipeline = :pipeline)
  AND (CAST(:unit AS BIGINT) IS NULL OR t.unit_id = :unit)
  AND t.n > 0

-- name: started
SELECT NULLIF(unit_id, 0), started_on, SUM(n) FROM course_tally
WHERE started_on BETWEEN :since AND :as_of
GROUP BY unit_id, started_on HAVING SUM(n) > 0
ORDER BY NULLIF(unit_id, 0) NULLS FIRST, started_on

-- name: activities
-- Activities for the terms, and those to whose credit somebody is in a cohort of theirs.
WITH brought (id) AS (
    SELECT a.id FROM activity a WHERE a.term BETWEEN :first AND :last
    UNION
    SELECT t.activity_id
    FROM cohort k CROSS JOIN credit_tally t
    WHERE k.term BETWEEN :first AND :last AND t.cohort_id = k.id AND t.n > 0)
SELECT a.id, a.kind, a.title, a.occurred_on, a.term, a.university, a.unit_id, a.cost, a.reached, a.applicants,
       a.qualified
FROM brought b CROSS JOIN activity a
WHERE a.id = b.id AND a.occurred_on <= :as_of
ORDER BY a.occurred_on, a.id

-- name: credits
-- All that these activities have brought, to cohorts of other terms too: a cost is divided.
WITH brought (id) AS (
    SELECT a.id FROM activity a WHERE a.term BETWEEN :first AND :last
    UNION
    SELECT t.activity_id
    FROM cohort k CROSS JOIN credit_tally t
    WHERE k.term BETWEEN :first AND :last AND t.cohort_id = k.id AND t.n > 0)
SELECT t.activity_id, k.term, t.unit_id, t.pipeline_id, t.stage, t.begins, t.graduating, SUM(t.n)
FROM brought b CROSS JOIN credit_tally t CROSS JOIN cohort k
WHERE t.activity_id = b.id AND b.id <> 0 AND t.n > 0 AND k.id = t.cohort_id
GROUP BY 1, 2, 3, 4, 5, 6, 7

-- name: credits_of_words
SELECT k.term, NULLIF(t.kind, ''), t.pipeline_id, t.stage, t.begins, t.graduating, SUM(t.n)
FROM cohort k CROSS JOIN credit_tally t
WHERE k.term BETWEEN :first AND :last AND t.cohort_id = k.id AND t.activity_id = 0 AND t.n > 0
  AND (CAST(:pipeline AS TEXT) IS NULL OR k.pipeline = :pipeline)
  AND (CAST(:unit AS BIGINT) IS NULL OR t.unit_id = :unit)
GROUP BY 1, 2, 3, 4, 5, 6
