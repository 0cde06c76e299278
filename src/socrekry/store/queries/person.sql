-- name: add
INSERT INTO person (name, email, phone, university, graduates, protected_number, search_key, sort_key,
                    email_key, phone_key, void)
VALUES (:name, :email, :phone, :university, :graduates, :protected_number, :search_key, :sort_key,
        :email_key, :phone_key, :void)
RETURNING id

-- name: read
SELECT id, name, email, phone, university, graduates, protected_number, void FROM person WHERE id = :person

-- name: keep
UPDATE person SET name = :name, email = :email, phone = :phone, university = :university,
       graduates = :graduates, protected_number = :protected_number,
       search_key = :search_key, sort_key = :sort_key, email_key = :email_key,
       phone_key = :phone_key
WHERE id = :person

-- name: by_email
SELECT id, name, protected_number FROM person WHERE email_key = :email AND NOT void

-- name: next_protected
SELECT COALESCE(MAX(number), 0) + 1 FROM protected_number_given

-- name: tags
SELECT tag FROM tag WHERE person_id = :person ORDER BY tag

-- name: add_tag
INSERT INTO tag (person_id, tag) VALUES (:person, :tag)

-- name: drop_tag
DELETE FROM tag WHERE person_id = :person AND tag = :tag

-- name: drop_tags
DELETE FROM tag WHERE person_id = :person

-- name: scrub_remarks
-- Who saw a document is not about the person; everything else may be.
UPDATE remark SET text = '' WHERE kind <> 'seen-by' AND candidacy_id IN
       (SELECT id FROM candidacy WHERE person_id = :person)

-- name: scrub_edits
DELETE FROM edit WHERE (entity = 'person' AND "key" = CAST(:person AS TEXT))
       OR (entity = 'tag' AND "key" >= CAST(:person AS TEXT) || ':' AND "key" < CAST(:person AS TEXT) || ';')
       OR (entity = 'voice' AND field <> ''
           AND "key" >= CAST(:person AS TEXT) || ':' AND "key" < CAST(:person AS TEXT) || ';')

-- name: open_candidacy
-- An open candidacy of a person in a cohort, if there is one.
SELECT number FROM candidacy WHERE person_id = :person AND cohort_id = :cohort AND state = 'open' LIMIT 1
