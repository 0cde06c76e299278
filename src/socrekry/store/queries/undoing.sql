-- name: command
SELECT name, recorded_at FROM command WHERE id = :command

-- name: commands_of
-- An actor's commands, the last first. An undo is no command to take back.
SELECT command.id, command.name, command.recorded_at
FROM command JOIN actor ON actor.id = command.actor_id
WHERE actor.name = :actor AND command.name <> 'undo'
ORDER BY command.id DESC

-- name: candidacies
-- Those that a command wrote to; one that row security hides is NULL.
SELECT c.person_id, c.number
FROM event_written w LEFT JOIN candidacy c ON c.id = w.candidacy_id
WHERE w.command_id = :command
ORDER BY c.person_id NULLS LAST, c.number

-- name: edits
-- What a command changed beside the log and that still stands, the last change first.
SELECT number, entity, "key", field, before, after
FROM edit WHERE command_id = :command AND undone_by IS NULL ORDER BY number DESC

-- name: edits_standing
-- How many of a command's changes beside the log still stand, whoever may see them.
SELECT COUNT(*) FROM edit_standing WHERE command_id = :command

-- name: last_edit
-- The last command that changed a person, her tags, touches or voices, merged another into her or told them apart, or wrote a note about a candidacy, and still stands.
-- (The sign after ":" is ";", so the keys between them are those that begin with the person's number.)
SELECT MAX(command_id) FROM (
    SELECT e.command_id FROM edit e
    WHERE e.undone_by IS NULL AND e.entity = 'person' AND e."key" = :person
    UNION ALL
    SELECT e.command_id FROM edit e
    WHERE e.undone_by IS NULL AND e.entity IN ('tag', 'touch', 'voice', 'merge', 'apart')
      AND e."key" >= :person || ':' AND e."key" < :person || ';'
    UNION ALL
    SELECT e.command_id FROM remark r CROSS JOIN edit e
    WHERE r.candidacy_id = :candidacy AND e.undone_by IS NULL
      AND e.entity = 'remark' AND e."key" = CAST(r.id AS TEXT)) every

-- name: remark_candidacy
SELECT candidacy_id FROM remark WHERE id = :remark

-- name: mark_edit
UPDATE edit SET undone_by = :undone_by WHERE command_id = :command AND number = :number
