-- name: latest
-- When something was last recorded.
SELECT recorded_at FROM command ORDER BY id DESC LIMIT 1

-- name: counts
-- How many candidacies and events there are.
SELECT (SELECT COUNT(*) FROM candidacy), (SELECT COUNT(*) FROM event)
