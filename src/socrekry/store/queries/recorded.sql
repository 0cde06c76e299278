-- What was recorded when: for a store as it was known at a moment.

-- name: edits
-- What was changed beside the log since a moment, or taken back since: with when, and by which command.
SELECT e.entity, e."key", e.field, e.before, e.after, e.command_id, e.number, e.undone_by, m.recorded_at, u.recorded_at
FROM edit e JOIN command m ON m.id = e.command_id LEFT JOIN command u ON u.id = e.undone_by
WHERE m.recorded_at > :moment OR u.recorded_at > :moment
ORDER BY e.command_id, e.number

-- name: grown
-- The candidacies whose log has grown since a moment.
SELECT id FROM candidacy WHERE changed_at > :moment ORDER BY id

-- name: log
-- A candidacy's log as it is stored, up to an entry.
SELECT candidacy_id, seq, kind, version, occurred_on, recorded_at, command_id, body, hash
FROM event WHERE candidacy_id = :candidacy AND seq <= :last ORDER BY seq

-- name: rested
-- The candidacies that have rested, and where their log ends: as of an earlier day it says for how long.
SELECT c.id, c.head_seq FROM candidacy c
WHERE EXISTS (SELECT 1 FROM stay s WHERE s.candidacy_id = c.id AND s.paused_days > 0)
ORDER BY c.id

-- name: day
-- On which day an activity was.
SELECT occurred_on FROM activity WHERE id = :activity
