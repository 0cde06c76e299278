-- Who stays: those who started, and what is known of each since. Nothing is counted here, for a mark is a
-- day of the calendar, and no engine's months are another's.

-- name: started
-- Everybody who had started by a day, of the cohorts of a range of terms, with the two facts that tell how it went.
SELECT c.id, c.person_id, k.term, k.name, u.name, p.university, v.name, c.entered_on,
       l.occurred_on, l.seq, s.occurred_on, s.seq, substr(r.text, 1, 200)
FROM cohort k CROSS JOIN candidacy c CROSS JOIN person p
LEFT JOIN unit u ON u.id = c.unit_id
LEFT JOIN university v ON v.code = p.university
LEFT JOIN fact l ON l.candidacy_id = c.id AND l.name = 'left'
LEFT JOIN reason_told r ON r.id = l.text_id
LEFT JOIN fact s ON s.candidacy_id = c.id AND s.name = 'still-employed'
WHERE k.term BETWEEN :first AND :last AND c.cohort_id = k.id AND p.id = c.person_id
  AND (CAST(:pipeline AS TEXT) IS NULL OR k.pipeline = :pipeline)
  AND (CAST(:unit AS BIGINT) IS NULL OR c.unit_id = :unit)
  AND c.state = 'won' AND c.entered_on <= :as_of
ORDER BY c.id

-- name: courses
-- The same without who they are, counted where they are alike. The number of a candidacy is given where something
-- was said of a later day since: its log says what was known then.
SELECT c.entered_on, l.occurred_on, s.occurred_on, l.seq > s.seq, substr(r.text, 1, 200),
       CASE WHEN l.occurred_on > :as_of OR s.occurred_on > :as_of THEN c.id END,
       COUNT(*)
FROM cohort k CROSS JOIN candidacy c
LEFT JOIN fact l ON l.candidacy_id = c.id AND l.name = 'left'
LEFT JOIN reason_told r ON r.id = l.text_id
LEFT JOIN fact s ON s.candidacy_id = c.id AND s.name = 'still-employed'
WHERE k.term BETWEEN :first AND :last AND c.cohort_id = k.id
  AND (CAST(:pipeline AS TEXT) IS NULL OR k.pipeline = :pipeline)
  AND (CAST(:unit AS BIGINT) IS NULL OR c.unit_id = :unit)
  AND c.state = 'won' AND c.entered_on <= :as_of
GROUP BY 1, 2, 3, 4, 5, 6
ORDER BY MIN(c.id)

-- name: supervisors
-- Who supervised them on the way, in the order in which they were assigned.
SELECT c.id, a.staff_id, m.name
FROM cohort k CROSS JOIN candidacy c CROSS JOIN assignment a CROSS JOIN staff m
WHERE k.term BETWEEN :first AND :last AND c.cohort_id = k.id AND a.candidacy_id = c.id AND m.id = a.staff_id
  AND (CAST(:pipeline AS TEXT) IS NULL OR k.pipeline = :pipeline)
  AND (CAST(:unit AS BIGINT) IS NULL OR c.unit_id = :unit)
  AND c.state = 'won' AND c.entered_on <= :as_of AND a.role = 'supervisor'
ORDER BY c.id, a.from_on, a.seq

-- name: touches
-- Every activity that touched them, by a day.
SELECT t.person_id, t.occurred_on, t.id, a.kind, a.id
FROM touch t CROSS JOIN activity a
WHERE a.id = t.activity_id AND t.occurred_on <= :as_of AND a.occurred_on <= :as_of
  AND t.person_id IN (
      SELECT c.person_id FROM cohort k CROSS JOIN candidacy c
      WHERE k.term BETWEEN :first AND :last AND c.cohort_id = k.id
        AND (CAST(:pipeline AS TEXT) IS NULL OR k.pipeline = :pipeline)
        AND (CAST(:unit AS BIGINT) IS NULL OR c.unit_id = :unit)
        AND c.state = 'won' AND c.entered_on <= :as_of)
ORDER BY t.person_id, t.id

-- name: origins
-- Every candidacy of theirs that had begun by a day, with its channel's word.
SELECT o.person_id, o.number, o.channel, s.entered_on
FROM candidacy o CROSS JOIN stay s
WHERE s.candidacy_id = o.id AND s.number = 1 AND o.state <> 'void' AND s.entered_on <= :as_of
  AND o.person_id IN (
      SELECT c.person_id FROM cohort k CROSS JOIN candidacy c
      WHERE k.term BETWEEN :first AND :last AND c.cohort_id = k.id
        AND (CAST(:pipeline AS TEXT) IS NULL OR k.pipeline = :pipeline)
        AND (CAST(:unit AS BIGINT) IS NULL OR c.unit_id = :unit)
        AND c.state = 'won' AND c.entered_on <= :as_of)
ORDER BY o.person_id, o.number

-- name: words
-- Why somebody left, in a user's own words, by their number.
SELECT substr(text, 1, 200) FROM reason_told WHERE id = :remark
