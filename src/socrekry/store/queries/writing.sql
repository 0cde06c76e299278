-- name: actor
SELECT id FROM actor WHERE name = :name

-- name: add_actor
INSERT INTO actor (name) VALUES (:name) ON CONFLICT (name) DO NOTHING RETURNING id

-- name: add_command
INSERT INTO command (name, actor_id, recorded_at) VALUES (:name, :actor, :recorded_at) RETURNING id

-- name: add_remark
INSERT INTO remark (candidacy_id, kind, text, occurred_on, command_id)
VALUES (:candidacy, :kind, :text, :occurred_on, :command) RETURNING id

-- name: add_edit
INSERT INTO edit (command_id, number, entity, "key", field, before, after)
VALUES (:command, :number, :entity, :row, :field, :before, :after)

-- name: edit
-- Whether a command has noted a change: when its connection broke at the commit, it tells what was kept.
SELECT number FROM edit WHERE command_id = :command AND number = :number
