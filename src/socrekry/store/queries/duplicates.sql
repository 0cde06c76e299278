-- name: everybody
-- What is known of each person whose identity may be told; of one who was merged, as of whom she became.
SELECT COALESCE(m.into_id, p.id), p.search_key, p.email_key, p.phone_key, p.university
FROM person p LEFT JOIN merged m ON m.person_id = p.id
WHERE (NOT p.void OR m.person_id IS NOT NULL) AND p.protected_number IS NULL
ORDER BY p.id

-- name: known
-- What is known of one person, as above.
SELECT COALESCE(m.into_id, p.id), p.search_key, p.email_key, p.phone_key, p.university
FROM person p LEFT JOIN merged m ON m.person_id = p.id
WHERE p.id = :person AND (NOT p.void OR m.person_id IS NOT NULL) AND p.protected_number IS NULL

-- name: with_phone
SELECT id FROM person WHERE phone_key = :phone ORDER BY id

-- name: with_email_between
-- Addresses of those who count, and of those who were merged into one.
SELECT id, email_key FROM person WHERE email_key >= :begin AND email_key < :end AND NOT void
UNION ALL
SELECT p.id, p.email_key FROM merged m JOIN person p ON p.id = m.person_id
WHERE p.email_key >= :begin AND p.email_key < :end AND p.void
ORDER BY email_key, id

-- name: with_name_between
-- Names between two that have a later word like the pattern; read from their index alone.
SELECT id, sort_key FROM person
WHERE sort_key >= :begin AND sort_key < :end AND sort_key LIKE :pattern ORDER BY sort_key, id

-- name: apart
-- Those who were told apart.
SELECT person_id, other_id FROM told_apart ORDER BY person_id, other_id

-- name: tell_apart
INSERT INTO told_apart (person_id, other_id) VALUES (:person, :other) ON CONFLICT (person_id, other_id) DO NOTHING

-- name: drop_apart
DELETE FROM told_apart WHERE person_id = :person AND other_id = :other

-- name: merged
-- Who was merged into whom.
SELECT person_id, into_id FROM merged ORDER BY person_id

-- name: into
-- Whom a person was merged into.
SELECT into_id FROM merged WHERE person_id = :person

-- name: merged_into
-- Those who were merged into a person.
SELECT person_id FROM merged WHERE into_id = :person ORDER BY person_id

-- name: candidacies
SELECT id, number, cohort_id, state FROM candidacy WHERE person_id = :person ORDER BY number

-- name: only_hers
-- The touches of a person with activities that have not touched another.
SELECT id FROM touch WHERE person_id = :person
AND activity_id NOT IN (SELECT t.activity_id FROM touch t WHERE t.person_id = :other) ORDER BY id

-- name: add_merged
INSERT INTO merged (person_id, into_id) VALUES (:person, :into)

-- name: redirect_merged
UPDATE merged SET into_id = :into WHERE person_id = :person

-- name: drop_merged
DELETE FROM merged WHERE person_id = :person AND into_id = :into

-- name: add_former
-- The id that a candidacy was begun under, unless that is known from an earlier merge.
INSERT INTO former_id (candidacy_id, person_id, number) VALUES (:candidacy, :person, :number)
ON CONFLICT (candidacy_id) DO NOTHING

-- name: drop_former
-- The id that a candidacy has again is no former one.
DELETE FROM former_id WHERE candidacy_id = :candidacy AND person_id = :person AND number = :number

-- name: move_candidacy
UPDATE candidacy SET person_id = :person, number = :number WHERE id = :candidacy

-- name: move_facts
UPDATE fact SET person_id = :person WHERE candidacy_id = :candidacy

-- name: move_touch
UPDATE touch SET person_id = :person WHERE id = :id

-- name: phones_without_key
-- The telephones after a person's that nothing can be compared with yet.
SELECT id, phone FROM person WHERE phone IS NOT NULL AND phone_key IS NULL AND id > :after ORDER BY id LIMIT :most

-- name: keep_phone_key
UPDATE person SET phone_key = :key WHERE id = :person
