-- What students wish, fear and praise. A voice is of the term, unit and university of its activity, or of
-- its candidate's cohort, unit and university; those of a candidacy that was undone do not count.

-- name: themes
-- The themes that users have added.
SELECT code, title FROM theme ORDER BY code

-- name: add_theme
INSERT INTO theme (code, title) VALUES (:code, :title)

-- name: drop_theme
DELETE FROM theme WHERE code = :id

-- name: heard
-- How often each theme was heard, in all.
SELECT v.theme, SUM(v.number) FROM voice v LEFT JOIN candidacy c ON c.id = v.candidacy_id
WHERE c.state IS NULL OR c.state <> 'void'
GROUP BY v.theme ORDER BY v.theme

-- name: of_theme
-- How many voices speak of a theme, whether they count or not, and whoever may hear them.
SELECT COUNT(*) FROM theme_used WHERE theme = :theme

-- name: candidacy
-- The term and the university of what a candidate says.
SELECT k.term, p.university
FROM candidacy c JOIN cohort k ON k.id = c.cohort_id JOIN person p ON p.id = c.person_id
WHERE c.id = :candidacy

-- name: of_person
-- What a person has said, the earliest first, with the candidacy in which she said it.
SELECT v.id, v.kind, v.theme, v.number, v.text, v.occurred_on, c.number
FROM voice v JOIN candidacy c ON c.id = v.candidacy_id
WHERE c.person_id = :person AND c.state <> 'void'
ORDER BY v.occurred_on, v.id

-- name: add
INSERT INTO voice (kind, theme, text, number, occurred_on, activity_id, candidacy_id)
VALUES (:kind, :theme, :text, :number, :occurred_on, :activity, :candidacy) RETURNING id

-- name: put_back
INSERT INTO voice (id, kind, theme, text, number, occurred_on, activity_id, candidacy_id)
VALUES (:id, :kind, :theme, :text, :number, :occurred_on, :activity, :candidacy)

-- name: drop
DELETE FROM voice WHERE id = :id

-- name: voice
-- A voice with where it was heard.
SELECT v.id, v.kind, v.theme, v.text, v.number, v.occurred_on, v.activity_id, v.candidacy_id,
       c.person_id, c.number, COALESCE(a.term, k.term), COALESCE(a.university, p.university)
FROM voice v
LEFT JOIN activity a ON a.id = v.activity_id
LEFT JOIN candidacy c ON c.id = v.candidacy_id
LEFT JOIN cohort k ON k.id = c.cohort_id
LEFT JOIN person p ON p.id = c.person_id
WHERE v.id = :id

-- name: scrub
-- A candidate's own words go with her name; that she said something is still counted.
UPDATE voice SET text = NULL WHERE candidacy_id IN (SELECT id FROM candidacy WHERE person_id = :person)

-- name: latest
-- The latest term in which anything was heard by a day, before another term where one is given; every filter
-- that is NULL lets all through.
SELECT MAX(COALESCE(a.term, k.term))
FROM voice v
LEFT JOIN activity a ON a.id = v.activity_id
LEFT JOIN candidacy c ON c.id = v.candidacy_id
LEFT JOIN cohort k ON k.id = c.cohort_id
LEFT JOIN person p ON p.id = c.person_id
WHERE v.occurred_on <= :as_of AND (c.state IS NULL OR c.state <> 'void')
  AND (CAST(:before AS INTEGER) IS NULL OR COALESCE(a.term, k.term) < :before)
  AND (CAST(:pipeline AS TEXT) IS NULL OR k.pipeline IS NULL OR k.pipeline = :pipeline)
  AND (CAST(:unit AS BIGINT) IS NULL OR COALESCE(a.unit_id, c.unit_id) = :unit)
  AND (CAST(:university AS TEXT) IS NULL OR COALESCE(a.university, p.university) = :university)
  AND (CAST(:theme AS TEXT) IS NULL OR v.theme = :theme)
  AND (CAST(:kind AS TEXT) IS NULL OR v.kind = :kind)

-- name: counts
-- How many said what in a range of terms: by kind, theme, term and university. CROSS JOIN has SQLite go from the
-- terms to their activities and candidacies, and from those to what was heard.
SELECT h.kind, h.theme, h.term, h.university, SUM(h.number)
FROM (
    SELECT v.kind, v.theme, a.term, a.university, v.number
    FROM activity a CROSS JOIN voice v
    WHERE a.term BETWEEN :first AND :last AND v.activity_id = a.id AND v.occurred_on <= :as_of
      AND (CAST(:unit AS BIGINT) IS NULL OR a.unit_id = :unit)
    UNION ALL
    SELECT v.kind, v.theme, k.term, p.university, v.number
    FROM cohort k CROSS JOIN candidacy c CROSS JOIN voice v CROSS JOIN person p
    WHERE k.term BETWEEN :first AND :last AND c.cohort_id = k.id AND c.state <> 'void'
      AND v.candidacy_id = c.id AND v.occurred_on <= :as_of AND p.id = c.person_id
      AND (CAST(:pipeline AS TEXT) IS NULL OR k.pipeline = :pipeline)
      AND (CAST(:unit AS BIGINT) IS NULL OR c.unit_id = :unit)
) h
WHERE (CAST(:university AS TEXT) IS NULL OR h.university = :university)
  AND (CAST(:theme AS TEXT) IS NULL OR h.theme = :theme)
  AND (CAST(:kind AS TEXT) IS NULL OR h.kind = :kind)
GROUP BY h.kind, h.theme, h.term, h.university
ORDER BY h.kind, h.theme, h.term, h.university NULLS LAST

-- name: texts
-- Each voice of a range of terms with its words, the earliest first.
SELECT v.id, v.kind, v.theme, v.text, v.number, v.occurred_on, v.activity_id, a.title,
       c.person_id, c.number, COALESCE(a.term, k.term), COALESCE(a.university, p.university)
FROM voice v
LEFT JOIN activity a ON a.id = v.activity_id
LEFT JOIN candidacy c ON c.id = v.candidacy_id
LEFT JOIN cohort k ON k.id = c.cohort_id
LEFT JOIN person p ON p.id = c.person_id
WHERE v.occurred_on <= :as_of AND (c.state IS NULL OR c.state <> 'void')
  AND COALESCE(a.term, k.term) BETWEEN :first AND :last
  AND (CAST(:pipeline AS TEXT) IS NULL OR k.pipeline IS NULL OR k.pipeline = :pipeline)
  AND (CAST(:unit AS BIGINT) IS NULL OR COALESCE(a.unit_id, c.unit_id) = :unit)
  AND (CAST(:university AS TEXT) IS NULL OR COALESCE(a.university, p.university) = :university)
  AND (CAST(:theme AS TEXT) IS NULL OR v.theme = :theme)
  AND (CAST(:kind AS TEXT) IS NULL OR v.kind = :kind)
ORDER BY v.occurred_on, v.id
