-- name: open
-- Every open candidacy, with what decides whether something waits to be done about it; the first due first.
SELECT c.id, c.person_id, c.number, p.name, p.protected_number, c.pipeline_id, c.stage, c.entered_on, c.due_on,
       c.paused_until, k.term,
       EXISTS (SELECT 1 FROM fact f WHERE f.candidacy_id = c.id AND f.name = 'offer-accepted'),
       EXISTS (SELECT 1 FROM assignment a WHERE a.candidacy_id = c.id AND a.role = 'supervisor' AND a.to_on IS NULL)
FROM candidacy c
JOIN person p ON p.id = c.person_id
JOIN cohort k ON k.id = c.cohort_id
LEFT JOIN unit u ON u.id = c.unit_id
WHERE c.state = 'open' AND (CAST(:unit AS TEXT) IS NULL OR u.search_key = :unit)
ORDER BY COALESCE(c.due_on, '9999-12-31'), p.sort_key, c.id

-- name: seats
-- Cohorts from a term on, and how many of their seats are held.
SELECT k.id, k.pipeline, k.term, u.name, k.name, k.seats,
       (SELECT COUNT(*) FROM seat_taken s WHERE s.cohort_id = k.id) AS taken
FROM cohort k LEFT JOIN unit u ON u.id = k.unit_id
WHERE k.term >= :term AND (CAST(:unit AS TEXT) IS NULL OR u.search_key = :unit OR k.unit_id IS NULL)
ORDER BY k.term, k.pipeline, k.id

-- name: started
-- Who started between two days, and what has been said since: that she left, that she was still there.
SELECT c.person_id, c.number, p.name, p.protected_number, c.pipeline_id, c.stage, c.entered_on,
       l.occurred_on, l.seq, s.occurred_on, s.seq
FROM candidacy c JOIN person p ON p.id = c.person_id LEFT JOIN unit u ON u.id = c.unit_id
LEFT JOIN fact l ON l.candidacy_id = c.id AND l.name = 'left'
LEFT JOIN fact s ON s.candidacy_id = c.id AND s.name = 'still-employed'
WHERE c.state = 'won' AND c.entered_on >= :first AND c.entered_on <= :last
  AND (CAST(:unit AS TEXT) IS NULL OR u.search_key = :unit)
ORDER BY c.entered_on, p.sort_key, c.id
