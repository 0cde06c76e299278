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
SELECT c.cohort_id, s.stage, s.outcome, COALESCE(substr(r.text, 1, 200), ''), s.closed_by, COUNT(*)
FROM cohort k CROSS JOIN candidacy c CROSS JOIN stay s
LEFT JOIN reason_told r ON r.id = s.reason_id
WHERE k.term BETWEEN :first AND :last AND c.cohort_id = k.id AND s.candidacy_id = c.id
  AND (CAST(:pipeline AS TEXT) IS NULL OR k.pipeline = :pipeline)
  AND (CAST(:unit AS BIGINT) IS NULL OR c.unit_id = :unit)
  AND c.state <> 'void' AND s.left_how = 'ended' AND s.left_on <= :as_of
  AND NOT EXISTS (SELECT 1 FROM stay l WHERE l.candidacy_id = s.candidacy_id AND l.number = s.number + 1
                    AND l.entered_on <= :as_of)
GROUP BY c.cohort_id, s.stage, s.outcome, COALESCE(substr(r.text, 1, 200), ''), s.closed_by
ORDER BY c.cohort_id, s.stage, s.outcome, COALESCE(substr(r.text, 1, 200), ''), s.closed_by NULLS FIRST

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

-- name: left_stays
-- Stays that had been left: how many took so many days, and whether they led forwards, for each cohort and stage.
SELECT c.cohort_id, s.stage, s.days, s.left_how = 'onward', COUNT(*)
FROM cohort k CROSS JOIN candidacy c CROSS JOIN stay s
WHERE k.term BETWEEN :first AND :last AND c.cohort_id = k.id AND s.candidacy_id = c.id
  AND (CAST(:pipeline AS TEXT) IS NULL OR k.pipeline = :pipeline)
  AND (CAST(:unit AS BIGINT) IS NULL OR c.unit_id = :unit)
  AND c.state <> 'void' AND s.left_on <= :as_of
GROUP BY 1, 2, 3, 4
ORDER BY 1, 2, 3, 4

-- name: open_stays
-- Where those stood who were on the way, and since when, counted where they are alike. The number of a candidacy
-- is given where its pauses may have gone on since: its log says what they came to then.
SELECT c.cohort_id, c.pipeline_id, s.stage, s.entered_on, s.paused_days, c.paused_from, c.paused_until,
       CASE WHEN s.paused_days > 0
             AND (SELECT MAX(e.occurred_on) FROM event e WHERE e.candidacy_id = c.id) > :as_of
            THEN c.id END,
       COUNT(*)
FROM cohort k CROSS JOIN candidacy c CROSS JOIN stay s
WHERE k.term BETWEEN :first AND :last AND c.cohort_id = k.id AND s.candidacy_id = c.id
  AND (CAST(:pipeline AS TEXT) IS NULL OR k.pipeline = :pipeline)
  AND (CAST(:unit AS BIGINT) IS NULL OR c.unit_id = :unit)
  AND (c.state = 'open' OR c.state = 'won' AND c.entered_on > :as_of OR c.closed_on > :as_of)
  AND s.entered_on <= :as_of AND (s.left_on IS NULL OR s.left_on > :as_of)
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
ORDER BY 1, 2, 3, 4, 5, 6 NULLS FIRST, 7 NULLS FIRST, 8 NULLS FIRST

-- name: lead_times
-- The day on which a person was first known, by an activity or in any candidacy of hers, and those on which each
-- candidacy came to the stage named and ended (not taken up again), counted where they are alike. Only what has
-- gone on since the day can have been taken up again after it.
SELECT r.cohort_id, r.pipeline_id,
       CASE WHEN r.met_on < r.began_on AND (r.known_on IS NULL OR r.met_on <= r.known_on) THEN r.met_on
            WHEN r.known_on < r.began_on THEN r.known_on
            ELSE r.began_on END,
       r.hired_on, r.ended_on, COUNT(*)
FROM (SELECT c.cohort_id, c.pipeline_id, f.entered_on AS began_on,
             (SELECT MIN(t.occurred_on) FROM touch t WHERE t.person_id = c.person_id) AS met_on,
             (SELECT MIN(e.entered_on) FROM candidacy o CROSS JOIN stay e
              WHERE o.person_id = c.person_id AND o.id <> c.id AND o.state <> 'void'
                AND e.candidacy_id = o.id AND e.number = 1) AS known_on,
             (SELECT MIN(s.entered_on) FROM stay s
              WHERE s.candidacy_id = c.id AND s.stage = :hired AND s.entered_on <= :as_of) AS hired_on,
             CASE WHEN c.closed_on <= :as_of THEN c.closed_on
                  WHEN c.entered_on > :as_of THEN
                  (SELECT MAX(s.left_on) FROM stay s
                   WHERE s.candidacy_id = c.id AND s.left_how = 'ended' AND s.left_on <= :as_of
                     AND NOT EXISTS (SELECT 1 FROM stay l WHERE l.candidacy_id = c.id AND l.number = s.number + 1
                                       AND l.entered_on <= :as_of)) END AS ended_on
      FROM cohort k CROSS JOIN candidacy c CROSS JOIN stay f
      WHERE k.term BETWEEN :first AND :last AND c.cohort_id = k.id AND f.candidacy_id = c.id AND f.number = 1
        AND (CAST(:pipeline AS TEXT) IS NULL OR k.pipeline = :pipeline)
        AND (CAST(:unit AS BIGINT) IS NULL OR c.unit_id = :unit)
        AND c.state <> 'void' AND f.entered_on <= :as_of) r
GROUP BY 1, 2, 3, 4, 5
ORDER BY 1, 2, 3, 4 NULLS FIRST, 5 NULLS FIRST

-- name: histories
-- Every stay by candidacy, for a report in which no small group may be told apart.
SELECT c.id, c.cohort_id, s.stage, s.left_how, s.left_on, s.outcome
FROM cohort k CROSS JOIN candidacy c CROSS JOIN stay s
WHERE k.term BETWEEN :first AND :last AND c.cohort_id = k.id AND s.candidacy_id = c.id
  AND (CAST(:pipeline AS TEXT) IS NULL OR k.pipeline = :pipeline)
  AND (CAST(:unit AS BIGINT) IS NULL OR c.unit_id = :unit)
  AND c.state <> 'void' AND s.entered_on <= :as_of
ORDER BY c.cohort_id, c.id, s.number
