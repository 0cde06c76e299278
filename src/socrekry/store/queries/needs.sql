-- Needs, costs and assumptions, each kept as one figure under a key: read, added, replaced, dropped. Then what
-- is put beside the needs. A year, term or unit that there is none of is 0 here, as in the index of costs.

-- name: need
SELECT positions FROM need WHERE unit_id = :unit AND term = :term

-- name: add_need
INSERT INTO need (unit_id, term, positions) VALUES (:unit, :term, :value) RETURNING id

-- name: keep_need
UPDATE need SET positions = :value WHERE unit_id = :unit AND term = :term

-- name: drop_need
DELETE FROM need WHERE unit_id = :unit AND term = :term

-- name: cost
SELECT amount FROM cost
WHERE kind = :kind AND COALESCE(year, 0) = :year AND COALESCE(term, 0) = :term AND COALESCE(unit_id, 0) = :unit

-- name: add_cost
INSERT INTO cost (kind, year, term, unit_id, amount)
VALUES (:kind, NULLIF(CAST(:year AS INTEGER), 0), NULLIF(CAST(:term AS INTEGER), 0),
        NULLIF(CAST(:unit AS BIGINT), 0), :value) RETURNING id

-- name: keep_cost
UPDATE cost SET amount = :value
WHERE kind = :kind AND COALESCE(year, 0) = :year AND COALESCE(term, 0) = :term AND COALESCE(unit_id, 0) = :unit

-- name: drop_cost
DELETE FROM cost
WHERE kind = :kind AND COALESCE(year, 0) = :year AND COALESCE(term, 0) = :term AND COALESCE(unit_id, 0) = :unit

-- name: costs_of_year
-- What is recorded of one kind and unit for a year or its terms, and is not 0.
SELECT year, term FROM cost
WHERE kind = :kind AND COALESCE(unit_id, 0) = :unit AND COALESCE(year, term / 10) = :year AND amount > 0
ORDER BY term NULLS FIRST

-- name: assumption
SELECT value FROM assumption WHERE name = :name

-- name: add_assumption
INSERT INTO assumption (name, value) VALUES (:name, :value) RETURNING name

-- name: keep_assumption
UPDATE assumption SET value = :value WHERE name = :name

-- name: drop_assumption
DELETE FROM assumption WHERE name = :name

-- name: assumptions
SELECT name, value FROM assumption ORDER BY name

-- name: needs
-- The needs of a range of terms.
SELECT unit_id, term, positions FROM need WHERE term BETWEEN :first AND :last ORDER BY term, unit_id

-- name: started
-- Those who have started by a day, by unit and the day they did.
SELECT unit_id, entered_on, COUNT(*) FROM candidacy
WHERE state = 'won' AND entered_on BETWEEN :since AND :as_of
GROUP BY unit_id, entered_on
ORDER BY unit_id NULLS FIRST, entered_on

-- name: standing
-- Where the candidacies stood on a day that were not over by then, by version of the pipeline, term and unit.
-- The stay in a stage that means lost is over on its first day, so all of these are on the way. Each way to have
-- been so has an index of its own.
WITH way (id) AS (
    SELECT id FROM candidacy WHERE state = 'open'
    UNION ALL SELECT id FROM candidacy WHERE state = 'won' AND entered_on > :as_of
    UNION ALL SELECT id FROM candidacy WHERE closed_on > :as_of)
SELECT c.pipeline_id, k.term, c.unit_id, s.stage, COUNT(*)
FROM way w CROSS JOIN candidacy c CROSS JOIN stay s CROSS JOIN cohort k
WHERE c.id = w.id AND s.candidacy_id = c.id AND k.id = c.cohort_id
  AND s.entered_on <= :as_of AND (s.left_on IS NULL OR s.left_on > :as_of)
GROUP BY c.pipeline_id, k.term, c.unit_id, s.stage
ORDER BY c.pipeline_id, k.term, c.unit_id NULLS FIRST, s.stage

-- name: costs
-- The costs of the periods that share a term with a range of terms.
SELECT c.kind, COALESCE(c.year, 0), COALESCE(c.term, 0), u.name, c.amount
FROM cost c LEFT JOIN unit u ON u.id = c.unit_id
WHERE COALESCE(c.year * 10 + 2, c.term) >= :first AND COALESCE(c.year * 10 + 1, c.term) <= :last
  AND (CAST(:unit AS BIGINT) IS NULL OR c.unit_id = :unit)
ORDER BY COALESCE(c.year, c.term / 10), COALESCE(c.term, 0), COALESCE(u.search_key, ''), c.unit_id NULLS FIRST, c.kind
