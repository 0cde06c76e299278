-- Which units the roles of the database may see where row security is on. The owner alone writes here.

-- name: list
SELECT a.role_name, a.unit_id, u.name
FROM unit_access a LEFT JOIN unit u ON u.id = a.unit_id
ORDER BY a.role_name, u.search_key NULLS FIRST, a.unit_id

-- name: units_of
-- The units that a role is allowed; NULL is every unit.
SELECT unit_id FROM unit_access WHERE role_name = :role ORDER BY unit_id NULLS FIRST

-- name: add
INSERT INTO unit_access (role_name, unit_id) VALUES (:role, :unit) RETURNING id

-- name: drop
DELETE FROM unit_access
WHERE role_name = :role AND COALESCE(unit_id, 0) = COALESCE(CAST(:unit AS BIGINT), 0)
