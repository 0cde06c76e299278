-- The two views of a report that ask nothing of a cohort: what happened in some days, and who stood where on one.

-- name: moves
-- For each version of a pipeline and stage: who was there when the days began, who came (for the first time, as a
-- new candidacy, taken up again), how each left it, and who was there when they ended.
SELECT s.pipeline_id, s.stage,
       COUNT(*) FILTER (WHERE s.entered_on < :since),
       COUNT(*) FILTER (WHERE s.entered_on >= :since),
       COUNT(*) FILTER (WHERE s.entered_on >= :since AND s.first),
       COUNT(*) FILTER (WHERE s.entered_on >= :since AND s.number = 1),
       COUNT(*) FILTER (WHERE s.entered_on >= :since AND EXISTS (
           SELECT 1 FROM stay e
           WHERE e.candidacy_id = s.candidacy_id AND e.number = s.number - 1 AND e.left_how = 'ended')),
       COUNT(*) FILTER (WHERE s.left_how = 'onward' AND s.left_on <= :as_of),
       COUNT(*) FILTER (WHERE s.left_how = 'aside' AND s.left_on <= :as_of),
       COUNT(*) FILTER (WHERE s.left_how = 'back' AND s.left_on <= :as_of),
       COUNT(*) FILTER (WHERE s.left_how = 'ended' AND s.left_on <= :as_of),
       COUNT(*) FILTER (WHERE s.left_on IS NULL OR s.left_on > :as_of)
FROM stay s CROSS JOIN candidacy c JOIN pipeline q ON q.id = s.pipeline_id
WHERE c.id = s.candidacy_id AND s.entered_on <= :as_of AND (s.left_on IS NULL OR s.left_on >= :since)
  AND (CAST(:pipeline AS TEXT) IS NULL OR q.name = :pipeline)
  AND (CAST(:unit AS BIGINT) IS NULL OR c.unit_id = :unit)
GROUP BY s.pipeline_id, s.stage
ORDER BY s.pipeline_id, s.stage

-- name: endings
-- How candidacies ended in some days, also those that were taken up again: by stage and outcome.
SELECT s.pipeline_id, s.stage, s.outcome, COUNT(*)
FROM stay s CROSS JOIN candidacy c JOIN pipeline q ON q.id = s.pipeline_id
WHERE c.id = s.candidacy_id AND s.left_how = 'ended' AND s.left_on >= :since AND s.left_on <= :as_of
  AND (CAST(:pipeline AS TEXT) IS NULL OR q.name = :pipeline)
  AND (CAST(:unit AS BIGINT) IS NULL OR c.unit_id = :unit)
GROUP BY s.pipeline_id, s.stage, s.outcome
ORDER BY s.pipeline_id, s.stage, s.outcome

-- name: standing
-- Who was on the way on a day, where and since when, counted where they are alike. The number of a candidacy is
-- given where its pauses may have gone on since: its log says what they came to then.
WITH way (id) AS (
    SELECT id FROM candidacy WHERE state = 'open'
    UNION ALL SELECT id FROM candidacy WHERE state = 'won' AND entered_on > :as_of
    UNION ALL SELECT id FROM candidacy WHERE closed_on > :as_of)
SELECT c.cohort_id, c.pipeline_id, s.stage, s.entered_on, s.paused_days, c.paused_from, c.paused_until,
       CASE WHEN s.paused_days > 0
             AND (SELECT MAX(e.occurred_on) FROM event e WHERE e.candidacy_id = c.id) > :as_of
            THEN c.id END,
       COUNT(*)
FROM way w CROSS JOIN candidacy c CROSS JOIN stay s CROSS JOIN cohort k
WHERE c.id = w.id AND s.candidacy_id = c.id AND k.id = c.cohort_id
  AND s.entered_on <= :as_of AND (s.left_on IS NULL OR s.left_on > :as_of)
  AND k.term BETWEEN :first AND :last
  AND (CAST(:pipeline AS TEXT) IS NULL OR k.pipeline = :pipeline)
  AND (CAST(:unit AS BIGINT) IS NULL OR c.unit_id = :unit)
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
ORDER BY 1, 2, 3, 4, 5, 6 NULLS FIRST, 7 NULLS FIRST, 8 NULLS FIRST

-- name: holders
-- How many candidacies of a cohort held a seat on a day, and how many of them had come to the last stage. A seat is
-- held from its stage on, and only an ending frees it.
SELECT c.cohort_id, c.pipeline_id, COUNT(*),
       COUNT(*) FILTER (WHERE EXISTS (
           SELECT 1 FROM stay w WHERE w.candidacy_id = c.id AND w.stage = :won AND w.entered_on <= :as_of))
FROM candidacy c CROSS JOIN stay s
WHERE c.cohort_id = :cohort AND s.candidacy_id = c.id AND s.first AND s.stage = :seat AND s.entered_on <= :as_of
  AND (CAST(:unit AS BIGINT) IS NULL OR c.unit_id = :unit)
  AND NOT EXISTS (
      SELECT 1 FROM stay e
      WHERE e.candidacy_id = c.id AND e.left_how = 'ended' AND e.left_on <= :as_of
        AND NOT EXISTS (SELECT 1 FROM stay l WHERE l.candidacy_id = c.id AND l.number = e.number + 1
                          AND l.entered_on <= :as_of))
GROUP BY c.cohort_id, c.pipeline_id
ORDER BY c.cohort_id, c.pipeline_id
