-- name: rows
-- Candidacies by name; every filter that is NULL lets all through.
SELECT c.id, c.person_id, c.number, p.name, p.protected_number, c.state, c.stage, c.outcome,
       q.id, q.name, k.term, k.name, u.name, p.university, p.graduates, c.channel,
       c.entered_on, c.due_on, c.paused_until, c.closed_on, p.email, p.phone
FROM person p
JOIN candidacy c ON c.person_id = p.id
JOIN pipeline q ON q.id = c.pipeline_id
JOIN cohort k ON k.id = c.cohort_id
LEFT JOIN unit u ON u.id = c.unit_id
WHERE c.state <> 'void'
  AND (c.state = 'open' OR (:won AND c.state = 'won') OR (:closed AND c.state = 'lost'))
  AND (CAST(:term AS INTEGER) IS NULL OR k.term = :term)
  AND (CAST(:pipeline AS TEXT) IS NULL OR q.name = :pipeline)
  AND (CAST(:stage AS TEXT) IS NULL OR c.stage = :stage)
  AND (CAST(:unit AS TEXT) IS NULL OR u.search_key = :unit)
  AND (CAST(:university AS TEXT) IS NULL OR p.university = :university)
  AND (CAST(:channel AS TEXT) IS NULL OR c.channel = :channel)
  AND (CAST(:activity AS BIGINT) IS NULL
       OR EXISTS (SELECT 1 FROM touch t WHERE t.person_id = p.id AND t.activity_id = :activity))
  AND (CAST(:cohort AS TEXT) IS NULL OR k.search_key = :cohort)
  AND (CAST(:tag AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM tag t WHERE t.person_id = p.id AND t.tag = :tag))
  AND (CAST(:stalled_on AS TEXT) IS NULL
       OR (c.state = 'open' AND c.due_on < :stalled_on
           AND (c.paused_until IS NULL OR c.paused_until <= :stalled_on)))
  AND (CAST(:pattern AS TEXT) IS NULL OR p.search_key LIKE :pattern ESCAPE '\' OR p.email_key LIKE :pattern ESCAPE '\')
ORDER BY p.sort_key, p.id, c.number
LIMIT CAST(:most AS BIGINT)

-- name: open
-- What `rows` gives where nothing is asked for, however many there are: those who are on the way have an index of
-- their own, and CROSS JOIN has SQLite look there for each person in turn.
SELECT c.id, c.person_id, c.number, p.name, p.protected_number, c.state, c.stage, c.outcome,
       q.id, q.name, k.term, k.name, u.name, p.university, p.graduates, c.channel,
       c.entered_on, c.due_on, c.paused_until, c.closed_on, p.email, p.phone
FROM person p CROSS JOIN candidacy c CROSS JOIN pipeline q CROSS JOIN cohort k
LEFT JOIN unit u ON u.id = c.unit_id
WHERE c.person_id = p.id AND c.state = 'open' AND q.id = c.pipeline_id AND k.id = c.cohort_id
ORDER BY p.sort_key, p.id, c.number
LIMIT CAST(:most AS BIGINT)

-- name: count_open
SELECT COUNT(*) FROM candidacy WHERE state = 'open'

-- name: count
-- How many candidacies the same filters let through.
SELECT COUNT(*)
FROM person p
JOIN candidacy c ON c.person_id = p.id
JOIN pipeline q ON q.id = c.pipeline_id
JOIN cohort k ON k.id = c.cohort_id
LEFT JOIN unit u ON u.id = c.unit_id
WHERE c.state <> 'void'
  AND (c.state = 'open' OR (:won AND c.state = 'won') OR (:closed AND c.state = 'lost'))
  AND (CAST(:term AS INTEGER) IS NULL OR k.term = :term)
  AND (CAST(:pipeline AS TEXT) IS NULL OR q.name = :pipeline)
  AND (CAST(:stage AS TEXT) IS NULL OR c.stage = :stage)
  AND (CAST(:unit AS TEXT) IS NULL OR u.search_key = :unit)
  AND (CAST(:university AS TEXT) IS NULL OR p.university = :university)
  AND (CAST(:channel AS TEXT) IS NULL OR c.channel = :channel)
  AND (CAST(:activity AS BIGINT) IS NULL
       OR EXISTS (SELECT 1 FROM touch t WHERE t.person_id = p.id AND t.activity_id = :activity))
  AND (CAST(:cohort AS TEXT) IS NULL OR k.search_key = :cohort)
  AND (CAST(:tag AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM tag t WHERE t.person_id = p.id AND t.tag = :tag))
  AND (CAST(:stalled_on AS TEXT) IS NULL
       OR (c.state = 'open' AND c.due_on < :stalled_on
           AND (c.paused_until IS NULL OR c.paused_until <= :stalled_on)))
  AND (CAST(:pattern AS TEXT) IS NULL OR p.search_key LIKE :pattern ESCAPE '\' OR p.email_key LIKE :pattern ESCAPE '\')
