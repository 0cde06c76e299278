-- name: append
INSERT INTO event (candidacy_id, seq, kind, version, occurred_on, recorded_at, command_id, body, hash)
VALUES (:candidacy, :seq, :kind, :version, :occurred_on, :recorded_at, :command, :body, :hash)

-- name: read
-- A candidacy's whole log, in order.
SELECT seq, command_id, occurred_on, recorded_at, kind, body
FROM event WHERE candidacy_id = :candidacy ORDER BY seq

-- name: actors
-- Who wrote each entry of a candidacy's log.
SELECT event.seq, command.id, command.name, actor.name
FROM event JOIN command ON command.id = event.command_id JOIN actor ON actor.id = command.actor_id
WHERE event.candidacy_id = :candidacy ORDER BY event.seq

-- name: hash
SELECT hash FROM event WHERE candidacy_id = :candidacy AND seq = :seq
