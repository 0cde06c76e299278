-- What a forecast is made of: stays that were left by a day, and those that were open on it. CROSS JOIN has SQLite
-- go from the few to the many; PostgreSQL chooses for itself. Each way to have been on the way has an index of its own.

-- name: left
-- How many stays took so many days, and where they led, by version of the pipeline and stage: read from an index.
SELECT pipeline_id, stage, days, left_to, COUNT(*)
FROM stay WHERE left_on IS NOT NULL AND left_on <= :as_of
GROUP BY pipeline_id, stage, days, left_to
ORDER BY pipeline_id, stage, days, left_to NULLS FIRST

-- name: standing
-- Where the candidacies stood on a day that were on the way then, and since when, counted where they are alike.
-- The number of a candidacy is given where its pauses may have gone on since: its log says what they came to then.
WITH way (id) AS (
    SELECT id FROM candidacy WHERE state = 'open'
    UNION ALL SELECT id FROM candidacy WHERE state = 'won' AND entered_on > :as_of
    UNION ALL SELECT id FROM candidacy WHERE closed_on > :as_of)
SELECT s.entered_on, c.pipeline_id, k.term, c.unit_id, s.stage, s.paused_days, c.paused_from, c.paused_until,
       CASE WHEN s.paused_days > 0
             AND (SELECT MAX(e.occurred_on) FROM event e WHERE e.candidacy_id = c.id) > :as_of
            THEN c.id END,
       COUNT(*)
FROM way w CROSS JOIN candidacy c CROSS JOIN stay s CROSS JOIN cohort k
WHERE c.id = w.id AND s.candidacy_id = c.id AND k.id = c.cohort_id
  AND s.entered_on <= :as_of AND (s.left_on IS NULL OR s.left_on > :as_of)
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
ORDER BY 1, 2, 3, 4 NULLS FIRST, 5, 6, 7 NULLS FIRST, 8 NULLS FIRST, 9 NULLS FIRST

-- name: candidacies
-- The same, one by one and by name.
WITH way (id) AS (
    SELECT id FROM candidacy WHERE state = 'open'
    UNION ALL SELECT id FROM candidacy WHERE state = 'won' AND entered_on > :as_of
    UNION ALL SELECT id FROM candidacy WHERE closed_on > :as_of)
SELECT s.entered_on, c.pipeline_id, k.term, c.unit_id, s.stage, s.paused_days, c.paused_from, c.paused_until,
       CASE WHEN s.paused_days > 0
             AND (SELECT MAX(e.occurred_on) FROM event e WHERE e.candidacy_id = c.id) > :as_of
            THEN c.id END,
       1, c.person_id, c.number, p.name, p.protected_number
FROM way w CROSS JOIN candidacy c CROSS JOIN stay s CROSS JOIN cohort k CROSS JOIN person p
WHERE c.id = w.id AND s.candidacy_id = c.id AND k.id = c.cohort_id AND p.id = c.person_id
  AND s.entered_on <= :as_of AND (s.left_on IS NULL OR s.left_on > :as_of)
ORDER BY p.sort_key, c.id

-- name: started
-- Who had started since a day, by pipeline and unit.
SELECT q.name, c.unit_id, COUNT(*)
FROM candidacy c JOIN pipeline q ON q.id = c.pipeline_id
WHERE c.state = 'won' AND c.entered_on > :since AND c.entered_on <= :as_of
GROUP BY q.name, c.unit_id
ORDER BY q.name, c.unit_id NULLS FIRST
