-- name: command
SELECT name, recorded_at FROM command WHERE id = :command

-- name: commands_of
-- An actor's commands, the last first. An undo is no command to take back.
SELECT command.id, command.name, command.recorded_at
FROM command JOIN actor ON actor.id = command.actor_id
WHERE actor.name = :actor AND command.name <> 'undo'
ORDER BY command.id DESC

-- name: candidacies
SELECT DISTINCT c.person_id, c.number
FROM event e JOIN candidacy c ON c.id = e.candidacy_id
WHERE e.command_id = :command
ORDER BY 1, 2

-- name: edits
-- What a command changed beside the log and that still stands, the last change first.
SELECT number, entity, "key", field, before, after
FROM edit WHERE command_id = :command AND undone_by IS NULL ORDER BY number DESC

-- name: last_edit
-- The last command that changed a person, her tags, touches or voices, or wrote a note about a candidacy, and still stands.
SELECT MAX(e.command_id) FROM edit e
WHERE e.undone_by IS NULL
  AND ((e.entity = 'person' AND e."key" = :person)
       OR (e.entity IN ('tag', 'touch', 'voice') AND e."key" LIKE :person || ':%')
       OR (e.entity = 'remark' AND EXISTS (
             SELECT 1 FROM remark r WHERE CAST(r.id AS TEXT) = e."key" AND r.candidacy_id = :candidacy)))

-- name: remark_candidacy
SELECT candidacy_id FROM remark WHERE id = :remark

-- name: mark_edit
UPDATE edit SET undone_by = :undone_by WHERE command_id = :command AND number = :number
