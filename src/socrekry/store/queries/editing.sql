-- name: drop_remark
-- A note that is taken back; a reason that the log's rows still point to is held by their reference.
DELETE FROM remark WHERE id = :id

-- name: standing_edits
-- How many fields of a row somebody has changed since it was made.
SELECT COUNT(*) FROM edit WHERE entity = :entity AND "key" = :row AND field <> '' AND undone_by IS NULL
