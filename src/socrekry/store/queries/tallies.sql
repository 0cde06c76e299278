-- The tallies that reports read: how a change is added, and how one is filled, emptied and proved. What a candidacy
-- adds is said in Python as well, by `services.tallies`; a test holds the two equal. CROSS JOIN has SQLite go
-- from a candidacy to its stays; PostgreSQL chooses for itself.

-- name: add_course
INSERT INTO course_tally (cohort_id, unit_id, started_on, left_on, still_on, left_last, reason, n)
VALUES (:cohort, :unit, :started_on, :left_on, :still_on, :left_last, :reason, :number)
ON CONFLICT (cohort_id, unit_id, started_on, left_on, still_on, left_last, reason)
DO UPDATE SET n = course_tally.n + excluded.n

-- name: drop_course
DELETE FROM course_tally
WHERE cohort_id = :cohort AND unit_id = :unit AND started_on = :started_on AND left_on = :left_on
  AND still_on = :still_on AND left_last = :left_last AND reason = :reason AND n = 0

-- name: empty_course
DELETE FROM course_tally

-- name: fill_course
INSERT INTO course_tally (cohort_id, unit_id, started_on, left_on, still_on, left_last, reason, n)
SELECT c.cohort_id, COALESCE(c.unit_id, 0) AS unit_id, c.entered_on AS started_on,
       COALESCE(l.occurred_on, '') AS left_on, COALESCE(s.occurred_on, '') AS still_on,
       COALESCE(l.seq > s.seq, FALSE) AS left_last, COALESCE(substr(r.text, 1, 200), '') AS reason, COUNT(*) AS n
FROM candidacy c
LEFT JOIN fact l ON l.candidacy_id = c.id AND l.name = 'left'
LEFT JOIN remark r ON r.id = l.text_id
LEFT JOIN fact s ON s.candidacy_id = c.id AND s.name = 'still-employed'
WHERE c.state = 'won'
GROUP BY 1, 2, 3, 4, 5, 6, 7
ON CONFLICT (cohort_id, unit_id, started_on, left_on, still_on, left_last, reason)
DO UPDATE SET n = excluded.n

-- name: wrong_course
-- How many rows do not say what is so.
SELECT COUNT(*) FROM (
    SELECT 1 FROM (
        SELECT cohort_id, unit_id, started_on, left_on, still_on, left_last, reason, n FROM course_tally
        UNION ALL
        SELECT c.cohort_id, COALESCE(c.unit_id, 0) AS unit_id, c.entered_on AS started_on,
               COALESCE(l.occurred_on, '') AS left_on, COALESCE(s.occurred_on, '') AS still_on,
               COALESCE(l.seq > s.seq, FALSE) AS left_last, COALESCE(substr(r.text, 1, 200), '') AS reason, -COUNT(*) AS n
        FROM candidacy c
        LEFT JOIN fact l ON l.candidacy_id = c.id AND l.name = 'left'
        LEFT JOIN remark r ON r.id = l.text_id
        LEFT JOIN fact s ON s.candidacy_id = c.id AND s.name = 'still-employed'
        WHERE c.state = 'won'
        GROUP BY 1, 2, 3, 4, 5, 6, 7
    ) every
    GROUP BY cohort_id, unit_id, started_on, left_on, still_on, left_last, reason HAVING SUM(n) <> 0
) wrong

-- name: add_credit
INSERT INTO credit_tally (cohort_id, pipeline_id, unit_id, activity_id, kind, stage, begins, graduating, n)
VALUES (:cohort, :pipeline, :unit, :activity, :kind, :stage, :begins, :graduating, :number)
ON CONFLICT (cohort_id, pipeline_id, unit_id, activity_id, kind, stage, begins, graduating)
DO UPDATE SET n = credit_tally.n + excluded.n

-- name: drop_credit
DELETE FROM credit_tally
WHERE cohort_id = :cohort AND pipeline_id = :pipeline AND unit_id = :unit AND activity_id = :activity
  AND kind = :kind AND stage = :stage AND begins = :begins AND graduating = :graduating AND n = 0

-- name: credit_of
-- What one person adds. Her first contact has the credit: the earliest touch (``t``), or the earliest word on a
-- candidacy (``o``, begun on ``w``) of a kind that no touch of hers has, if that came before. Who is met on a day
-- graduates soon in its term or the next: VT begins ``later`` days after 15 January and is over 20 weeks after.
SELECT m.cohort_id, m.pipeline_id, m.unit_id, m.activity_id, m.kind, s.stage, s.number = 1 AS begins,
       s.number = 1 AND m.graduates IS NOT NULL AND m.half - 2 * m.y
           + CASE WHEN m.md < 115 + m.later THEN 1 WHEN m.md <= 603 + m.later - m.leap THEN 0 ELSE -1 END
           IN (0, 1) AS graduating,
       COUNT(*) AS n
FROM (
    SELECT f.id, f.cohort_id, f.pipeline_id, f.unit_id, f.activity_id, f.kind, f.graduates,
           f.graduates / 10 * 2 + f.graduates % 10 - 1 AS half, f.y, f.md,
           6 - (f.y + 5 + (f.y - 1) / 4 - (f.y - 1) / 100 + (f.y - 1) / 400) % 7 AS later,
           CASE WHEN f.y % 4 = 0 AND (f.y % 100 <> 0 OR f.y % 400 = 0) THEN 1 ELSE 0 END AS leap
    FROM (
        SELECT c.id, c.cohort_id, c.pipeline_id, COALESCE(c.unit_id, 0) AS unit_id, p.graduates,
               COALESCE(t.activity_id, 0) AS activity_id,
               CASE WHEN t.id IS NULL THEN COALESCE(o.channel, '') ELSE '' END AS kind,
               CAST(substr(COALESCE(t.occurred_on, w.entered_on, b.entered_on), 1, 4) AS INTEGER) AS y,
               CAST(substr(COALESCE(t.occurred_on, w.entered_on, b.entered_on), 6, 2)
                    || substr(COALESCE(t.occurred_on, w.entered_on, b.entered_on), 9, 2) AS INTEGER) AS md
        FROM candidacy c
        JOIN person p ON p.id = c.person_id
        JOIN stay b ON b.candidacy_id = c.id AND b.number = 1
        LEFT JOIN candidacy o ON o.id = (
            SELECT x.id FROM candidacy x CROSS JOIN stay e
            WHERE x.person_id = c.person_id AND x.state <> 'void' AND e.candidacy_id = x.id AND e.number = 1
              AND x.channel IS NOT NULL
              AND x.channel NOT IN (SELECT a.kind FROM touch y CROSS JOIN activity a
                                    WHERE y.person_id = c.person_id AND a.id = y.activity_id)
            ORDER BY e.entered_on, x.number LIMIT 1)
        LEFT JOIN stay w ON w.candidacy_id = o.id AND w.number = 1
        LEFT JOIN touch t ON t.id = (SELECT x.id FROM touch x WHERE x.person_id = c.person_id
                                     ORDER BY x.occurred_on, x.id LIMIT 1)
            AND (w.entered_on IS NULL OR t.occurred_on <= w.entered_on)
        WHERE c.person_id = :person AND c.state <> 'void'
    ) f
) m CROSS JOIN stay s
WHERE s.candidacy_id = m.id AND s.first
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8

-- name: empty_credit
DELETE FROM credit_tally

-- name: fill_credit
INSERT INTO credit_tally (cohort_id, pipeline_id, unit_id, activity_id, kind, stage, begins, graduating, n)
SELECT m.cohort_id, m.pipeline_id, m.unit_id, m.activity_id, m.kind, s.stage, s.number = 1 AS begins,
       s.number = 1 AND m.graduates IS NOT NULL AND m.half - 2 * m.y
           + CASE WHEN m.md < 115 + m.later THEN 1 WHEN m.md <= 603 + m.later - m.leap THEN 0 ELSE -1 END
           IN (0, 1) AS graduating,
       COUNT(*) AS n
FROM (
    SELECT f.id, f.cohort_id, f.pipeline_id, f.unit_id, f.activity_id, f.kind, f.graduates,
           f.graduates / 10 * 2 + f.graduates % 10 - 1 AS half, f.y, f.md,
           6 - (f.y + 5 + (f.y - 1) / 4 - (f.y - 1) / 100 + (f.y - 1) / 400) % 7 AS later,
           CASE WHEN f.y % 4 = 0 AND (f.y % 100 <> 0 OR f.y % 400 = 0) THEN 1 ELSE 0 END AS leap
    FROM (
        SELECT c.id, c.cohort_id, c.pipeline_id, COALESCE(c.unit_id, 0) AS unit_id, p.graduates,
               COALESCE(t.activity_id, 0) AS activity_id,
               CASE WHEN t.id IS NULL THEN COALESCE(o.channel, '') ELSE '' END AS kind,
               CAST(substr(COALESCE(t.occurred_on, w.entered_on, b.entered_on), 1, 4) AS INTEGER) AS y,
               CAST(substr(COALESCE(t.occurred_on, w.entered_on, b.entered_on), 6, 2)
                    || substr(COALESCE(t.occurred_on, w.entered_on, b.entered_on), 9, 2) AS INTEGER) AS md
        FROM candidacy c
        JOIN person p ON p.id = c.person_id
        JOIN stay b ON b.candidacy_id = c.id AND b.number = 1
        LEFT JOIN candidacy o ON o.id = (
            SELECT x.id FROM candidacy x CROSS JOIN stay e
            WHERE x.person_id = c.person_id AND x.state <> 'void' AND e.candidacy_id = x.id AND e.number = 1
              AND x.channel IS NOT NULL
              AND x.channel NOT IN (SELECT a.kind FROM touch y CROSS JOIN activity a
                                    WHERE y.person_id = c.person_id AND a.id = y.activity_id)
            ORDER BY e.entered_on, x.number LIMIT 1)
        LEFT JOIN stay w ON w.candidacy_id = o.id AND w.number = 1
        LEFT JOIN touch t ON t.id = (SELECT x.id FROM touch x WHERE x.person_id = c.person_id
                                     ORDER BY x.occurred_on, x.id LIMIT 1)
            AND (w.entered_on IS NULL OR t.occurred_on <= w.entered_on)
        WHERE c.state <> 'void'
    ) f
) m CROSS JOIN stay s
WHERE s.candidacy_id = m.id AND s.first
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
ON CONFLICT (cohort_id, pipeline_id, unit_id, activity_id, kind, stage, begins, graduating)
DO UPDATE SET n = excluded.n

-- name: wrong_credit
-- How many rows do not say what is so.
SELECT COUNT(*) FROM (
    SELECT 1 FROM (
        SELECT cohort_id, pipeline_id, unit_id, activity_id, kind, stage, begins, graduating, n FROM credit_tally
        UNION ALL
        SELECT * FROM (
            SELECT m.cohort_id, m.pipeline_id, m.unit_id, m.activity_id, m.kind, s.stage, s.number = 1 AS begins,
                   s.number = 1 AND m.graduates IS NOT NULL AND m.half - 2 * m.y
                       + CASE WHEN m.md < 115 + m.later THEN 1 WHEN m.md <= 603 + m.later - m.leap THEN 0 ELSE -1 END
                       IN (0, 1) AS graduating,
                   -COUNT(*) AS n
            FROM (
                SELECT f.id, f.cohort_id, f.pipeline_id, f.unit_id, f.activity_id, f.kind, f.graduates,
                       f.graduates / 10 * 2 + f.graduates % 10 - 1 AS half, f.y, f.md,
                       6 - (f.y + 5 + (f.y - 1) / 4 - (f.y - 1) / 100 + (f.y - 1) / 400) % 7 AS later,
                       CASE WHEN f.y % 4 = 0 AND (f.y % 100 <> 0 OR f.y % 400 = 0) THEN 1 ELSE 0 END AS leap
                FROM (
                    SELECT c.id, c.cohort_id, c.pipeline_id, COALESCE(c.unit_id, 0) AS unit_id, p.graduates,
                           COALESCE(t.activity_id, 0) AS activity_id,
                           CASE WHEN t.id IS NULL THEN COALESCE(o.channel, '') ELSE '' END AS kind,
                           CAST(substr(COALESCE(t.occurred_on, w.entered_on, b.entered_on), 1, 4) AS INTEGER) AS y,
                           CAST(substr(COALESCE(t.occurred_on, w.entered_on, b.entered_on), 6, 2)
                                || substr(COALESCE(t.occurred_on, w.entered_on, b.entered_on), 9, 2) AS INTEGER) AS md
                    FROM candidacy c
                    JOIN person p ON p.id = c.person_id
                    JOIN stay b ON b.candidacy_id = c.id AND b.number = 1
                    LEFT JOIN candidacy o ON o.id = (
                        SELECT x.id FROM candidacy x CROSS JOIN stay e
                        WHERE x.person_id = c.person_id AND x.state <> 'void' AND e.candidacy_id = x.id AND e.number = 1
                          AND x.channel IS NOT NULL
                          AND x.channel NOT IN (SELECT a.kind FROM touch y CROSS JOIN activity a
                                                WHERE y.person_id = c.person_id AND a.id = y.activity_id)
                        ORDER BY e.entered_on, x.number LIMIT 1)
                    LEFT JOIN stay w ON w.candidacy_id = o.id AND w.number = 1
                    LEFT JOIN touch t ON t.id = (SELECT x.id FROM touch x WHERE x.person_id = c.person_id
                                                 ORDER BY x.occurred_on, x.id LIMIT 1)
                        AND (w.entered_on IS NULL OR t.occurred_on <= w.entered_on)
                    WHERE c.state <> 'void'
                ) f
            ) m CROSS JOIN stay s
            WHERE s.candidacy_id = m.id AND s.first
            GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
        ) counted
    ) every
    GROUP BY cohort_id, pipeline_id, unit_id, activity_id, kind, stage, begins, graduating HAVING SUM(n) <> 0
) wrong

-- name: add_left
INSERT INTO left_tally (pipeline_id, stage, days, left_to, n)
VALUES (:pipeline, :stage, :days, :left_to, :number)
ON CONFLICT (pipeline_id, stage, days, left_to)
DO UPDATE SET n = left_tally.n + excluded.n

-- name: drop_left
DELETE FROM left_tally
WHERE pipeline_id = :pipeline AND stage = :stage AND days = :days AND left_to = :left_to AND n = 0

-- name: empty_left
DELETE FROM left_tally

-- name: fill_left
INSERT INTO left_tally (pipeline_id, stage, days, left_to, n)
SELECT pipeline_id, stage, days, COALESCE(left_to, '') AS left_to, COUNT(*) AS n
FROM stay WHERE left_on IS NOT NULL
GROUP BY 1, 2, 3, 4
ON CONFLICT (pipeline_id, stage, days, left_to)
DO UPDATE SET n = excluded.n

-- name: wrong_left
-- How many rows do not say what is so.
SELECT COUNT(*) FROM (
    SELECT 1 FROM (
        SELECT pipeline_id, stage, days, left_to, n FROM left_tally
        UNION ALL
        SELECT pipeline_id, stage, days, COALESCE(left_to, '') AS left_to, -COUNT(*) AS n
        FROM stay WHERE left_on IS NOT NULL
        GROUP BY 1, 2, 3, 4
    ) every
    GROUP BY pipeline_id, stage, days, left_to HAVING SUM(n) <> 0
) wrong

-- name: add_standing
INSERT INTO standing_tally (cohort_id, pipeline_id, unit_id, stage, entered_on, paused_days, paused_from,
                             paused_until, told_on, n)
VALUES (:cohort, :pipeline, :unit, :stage, :entered_on, :paused_days, :paused_from, :paused_until, :told_on,
        :number)
ON CONFLICT (cohort_id, pipeline_id, unit_id, stage, entered_on, paused_days, paused_from, paused_until, told_on)
DO UPDATE SET n = standing_tally.n + excluded.n

-- name: drop_standing
DELETE FROM standing_tally
WHERE cohort_id = :cohort AND pipeline_id = :pipeline AND unit_id = :unit AND stage = :stage
  AND entered_on = :entered_on AND paused_days = :paused_days AND paused_from = :paused_from
  AND paused_until = :paused_until AND told_on = :told_on AND n = 0

-- name: empty_standing
DELETE FROM standing_tally

-- name: fill_standing
INSERT INTO standing_tally (cohort_id, pipeline_id, unit_id, stage, entered_on, paused_days, paused_from,
                             paused_until, told_on, n)
SELECT c.cohort_id, c.pipeline_id, COALESCE(c.unit_id, 0) AS unit_id, s.stage, s.entered_on, s.paused_days,
       COALESCE(c.paused_from, '') AS paused_from, COALESCE(c.paused_until, '') AS paused_until,
       CASE WHEN s.paused_days > 0
            THEN (SELECT MAX(e.occurred_on) FROM event e WHERE e.candidacy_id = c.id) ELSE '' END AS told_on,
       COUNT(*) AS n
FROM candidacy c CROSS JOIN stay s
WHERE s.candidacy_id = c.id AND c.state = 'open' AND s.left_on IS NULL
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
ON CONFLICT (cohort_id, pipeline_id, unit_id, stage, entered_on, paused_days, paused_from, paused_until, told_on)
DO UPDATE SET n = excluded.n

-- name: wrong_standing
-- How many rows do not say what is so.
SELECT COUNT(*) FROM (
    SELECT 1 FROM (
        SELECT cohort_id, pipeline_id, unit_id, stage, entered_on, paused_days, paused_from, paused_until, told_on,
           n FROM standing_tally
        UNION ALL
        SELECT c.cohort_id, c.pipeline_id, COALESCE(c.unit_id, 0) AS unit_id, s.stage, s.entered_on, s.paused_days,
               COALESCE(c.paused_from, '') AS paused_from, COALESCE(c.paused_until, '') AS paused_until,
               CASE WHEN s.paused_days > 0
                    THEN (SELECT MAX(e.occurred_on) FROM event e WHERE e.candidacy_id = c.id) ELSE '' END AS told_on,
               -COUNT(*) AS n
        FROM candidacy c CROSS JOIN stay s
        WHERE s.candidacy_id = c.id AND c.state = 'open' AND s.left_on IS NULL
        GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
    ) every
    GROUP BY cohort_id, pipeline_id, unit_id, stage, entered_on, paused_days, paused_from, paused_until, told_on HAVING SUM(n) <> 0
) wrong

-- name: add_time
INSERT INTO time_tally (cohort_id, unit_id, stage, days, onward, n)
VALUES (:cohort, :unit, :stage, :days, :onward, :number)
ON CONFLICT (cohort_id, unit_id, stage, days, onward)
DO UPDATE SET n = time_tally.n + excluded.n

-- name: drop_time
DELETE FROM time_tally
WHERE cohort_id = :cohort AND unit_id = :unit AND stage = :stage AND days = :days AND onward = :onward
  AND n = 0

-- name: empty_time
DELETE FROM time_tally

-- name: fill_time
INSERT INTO time_tally (cohort_id, unit_id, stage, days, onward, n)
SELECT c.cohort_id, COALESCE(c.unit_id, 0) AS unit_id, s.stage, s.days,
       s.left_how = 'onward' AS onward, COUNT(*) AS n
FROM candidacy c CROSS JOIN stay s
WHERE s.candidacy_id = c.id AND c.state <> 'void' AND s.left_on IS NOT NULL
GROUP BY 1, 2, 3, 4, 5
ON CONFLICT (cohort_id, unit_id, stage, days, onward)
DO UPDATE SET n = excluded.n

-- name: wrong_time
-- How many rows do not say what is so.
SELECT COUNT(*) FROM (
    SELECT 1 FROM (
        SELECT cohort_id, unit_id, stage, days, onward, n FROM time_tally
        UNION ALL
        SELECT c.cohort_id, COALESCE(c.unit_id, 0) AS unit_id, s.stage, s.days,
               s.left_how = 'onward' AS onward, -COUNT(*) AS n
        FROM candidacy c CROSS JOIN stay s
        WHERE s.candidacy_id = c.id AND c.state <> 'void' AND s.left_on IS NOT NULL
        GROUP BY 1, 2, 3, 4, 5
    ) every
    GROUP BY cohort_id, unit_id, stage, days, onward HAVING SUM(n) <> 0
) wrong

-- name: add_visit
INSERT INTO visit_tally (cohort_id, pipeline_id, unit_id, stage, before, first, completed, left_how, seat, outcome,
                          closed_by, reason, n)
VALUES (:cohort, :pipeline, :unit, :stage, :before, :first, :completed, :left_how, :seat, :outcome, :closed_by,
        :reason, :number)
ON CONFLICT (cohort_id, pipeline_id, unit_id, stage, before, first, completed, left_how, seat, outcome, closed_by,
             reason)
DO UPDATE SET n = visit_tally.n + excluded.n

-- name: drop_visit
DELETE FROM visit_tally
WHERE cohort_id = :cohort AND pipeline_id = :pipeline AND unit_id = :unit AND stage = :stage
  AND before = :before AND first = :first AND completed = :completed AND left_how = :left_how
  AND seat = :seat AND outcome = :outcome AND closed_by = :closed_by AND reason = :reason AND n = 0

-- name: empty_visit
DELETE FROM visit_tally

-- name: fill_visit
INSERT INTO visit_tally (cohort_id, pipeline_id, unit_id, stage, before, first, completed, left_how, seat, outcome,
                          closed_by, reason, n)
SELECT c.cohort_id, c.pipeline_id, COALESCE(c.unit_id, 0) AS unit_id, s.stage,
       COALESCE(b.stage, '') AS before, s.first,
       s.left_how = 'onward' AND s.left_how IS NOT NULL AND (s.first OR NOT EXISTS (
           SELECT 1 FROM stay e WHERE e.candidacy_id = s.candidacy_id AND e.number < s.number
                                  AND e.stage = s.stage AND e.left_how = 'onward')) AS completed,
       COALESCE(s.left_how, '') AS left_how,
       c.holds_seat AND l.stage IS NULL AS seat,
       CASE WHEN s.left_how = 'ended' AND l.stage IS NULL THEN COALESCE(s.outcome, '') ELSE '' END AS outcome,
       CASE WHEN s.left_how = 'ended' AND l.stage IS NULL THEN COALESCE(s.closed_by, '') ELSE '' END AS closed_by,
       CASE WHEN s.left_how = 'ended' AND l.stage IS NULL THEN COALESCE(substr(r.text, 1, 200), '') ELSE '' END
           AS reason,
       COUNT(*) AS n
FROM candidacy c CROSS JOIN stay s
LEFT JOIN stay b ON b.candidacy_id = s.candidacy_id AND b.number = s.number - 1
LEFT JOIN stay l ON l.candidacy_id = s.candidacy_id AND l.number = s.number + 1
LEFT JOIN remark r ON r.id = s.reason_id
WHERE s.candidacy_id = c.id AND c.state <> 'void'
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
ON CONFLICT (cohort_id, pipeline_id, unit_id, stage, before, first, completed, left_how, seat, outcome, closed_by,
             reason)
DO UPDATE SET n = excluded.n

-- name: wrong_visit
-- How many rows do not say what is so.
SELECT COUNT(*) FROM (
    SELECT 1 FROM (
        SELECT cohort_id, pipeline_id, unit_id, stage, before, first, completed, left_how, seat, outcome, closed_by,
           reason, n FROM visit_tally
        UNION ALL
        SELECT c.cohort_id, c.pipeline_id, COALESCE(c.unit_id, 0) AS unit_id, s.stage,
               COALESCE(b.stage, '') AS before, s.first,
               s.left_how = 'onward' AND s.left_how IS NOT NULL AND (s.first OR NOT EXISTS (
                   SELECT 1 FROM stay e WHERE e.candidacy_id = s.candidacy_id AND e.number < s.number
                                          AND e.stage = s.stage AND e.left_how = 'onward')) AS completed,
               COALESCE(s.left_how, '') AS left_how,
               c.holds_seat AND l.stage IS NULL AS seat,
               CASE WHEN s.left_how = 'ended' AND l.stage IS NULL THEN COALESCE(s.outcome, '') ELSE '' END AS outcome,
               CASE WHEN s.left_how = 'ended' AND l.stage IS NULL THEN COALESCE(s.closed_by, '') ELSE '' END AS closed_by,
               CASE WHEN s.left_how = 'ended' AND l.stage IS NULL
                    THEN COALESCE(substr(r.text, 1, 200), '') ELSE '' END AS reason,
               -COUNT(*) AS n
        FROM candidacy c CROSS JOIN stay s
        LEFT JOIN stay b ON b.candidacy_id = s.candidacy_id AND b.number = s.number - 1
        LEFT JOIN stay l ON l.candidacy_id = s.candidacy_id AND l.number = s.number + 1
        LEFT JOIN remark r ON r.id = s.reason_id
        WHERE s.candidacy_id = c.id AND c.state <> 'void'
        GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
    ) every
    GROUP BY cohort_id, pipeline_id, unit_id, stage, before, first, completed, left_how, seat, outcome, closed_by,
             reason HAVING SUM(n) <> 0
) wrong

-- name: reason
-- What a tally tells of a reason: the first 200 characters, which are what a report shows as well.
SELECT substr(text, 1, 200) FROM remark WHERE id = :remark
