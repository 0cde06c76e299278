-- name: drop_remark
-- A note that is taken back; a reason that the log's rows still point to is held by their reference.
DELETE FROM remark WHERE id = :id

-- name: changes_since
-- How many changes of a row stand that came after one of them.
SELECT COUNT(*) FROM edit
WHERE entity = :entity AND "key" = :row AND undone_by IS NULL
  AND (command_id > :command OR (command_id = :command AND number > :number))
