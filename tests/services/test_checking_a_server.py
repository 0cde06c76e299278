"""A check of a server finds what was done past it, and does not vouch for what it cannot see."""

from collections.abc import Sequence

import pytest

from socrekry.domain.errors import StoreUnavailable
from socrekry.services.candidates import add_candidate
from socrekry.services.chains import Defect
from socrekry.services.checking import Checked, check
from socrekry.services.cohorts import find_cohort
from socrekry.services.opening import opened
from socrekry.services.persons import Details
from socrekry.services.upgrading import upgrade_store
from socrekry.store.postgresql.roles import ROLES
from socrekry.store.postgresql.rows import POLICIES, securing
from tests.servers import a_server
from tests.stories import TODAY, a_story_on_postgresql, writing_to
from tests.tampering import connected_to, tamper

LENIENT = (
    "CREATE OR REPLACE FUNCTION event_append_only() RETURNS trigger LANGUAGE plpgsql "
    "AS $$ BEGIN RETURN NEW; END $$"
)
SPARING = (
    "CREATE OR REPLACE TRIGGER event_no_change BEFORE DELETE ON event "
    "FOR EACH ROW EXECUTE FUNCTION event_append_only()"
)
FALSE = (
    "CREATE OR REPLACE VIEW seat_taken AS SELECT cohort_id, id AS candidacy_id FROM candidacy "
    "WHERE NOT holds_seat"
)
NOT_UNIQUE = (
    "DROP INDEX uq_cohort",
    "CREATE INDEX uq_cohort ON cohort (pipeline, term, coalesce(unit_id, 0), search_key)",
)
WIDER = (
    "ALTER TABLE cohort DROP CONSTRAINT ck_cohort_seats_max",
    "ALTER TABLE cohort ADD CONSTRAINT ck_cohort_seats_max CHECK (seats <= 99999)",
)
UNPROVED = (
    "ALTER TABLE tag DROP CONSTRAINT ck_tag_tag_min",
    "ALTER TABLE tag ADD CONSTRAINT ck_tag_tag_min CHECK (length(tag) >= 1) NOT VALID",
)
READER = "doctor_reader"


@pytest.fixture
def place() -> str:
    return a_story_on_postgresql()


def checked(place: str) -> Checked:
    with opened(place, writing=False) as store:
        return check(store)


@pytest.mark.parametrize(
    ("edits", "kind", "name"),
    [
        (["DROP TRIGGER event_no_change ON event"], "trigger", "event_no_change"),
        (["DROP TRIGGER event_no_truncate ON event"], "trigger", "event_no_truncate"),
        ([SPARING], "trigger", "event_no_change"),
        ([LENIENT], "function", "event_append_only"),
        (["DROP VIEW seat_taken"], "view", "seat_taken"),
        ([FALSE], "view", "seat_taken"),
        (["ALTER VIEW room_taken SET (security_invoker = true)"], "view", "room_taken"),
        (["DROP INDEX uq_person_email"], "index", "uq_person_email"),
        (NOT_UNIQUE, "index", "uq_cohort"),
        (["ALTER TABLE event DROP CONSTRAINT fk_event_candidacy_id"], "constraint", "fk_event_candidacy_id"),
        (["ALTER TABLE event DROP CONSTRAINT ck_event_hash_hash"], "constraint", "ck_event_hash_hash"),
        (WIDER, "constraint", "ck_cohort_seats_max"),
        (["ALTER TABLE event ALTER kind DROP NOT NULL"], "column", "event.kind"),
        (["ALTER TABLE cost ALTER amount TYPE integer"], "column", "cost.amount"),
        (['ALTER TABLE person ALTER sort_key TYPE text COLLATE "default"'], "column", "person.sort_key"),
        (["ALTER TABLE remark ALTER id DROP DEFAULT"], "column", "remark.id"),
    ],
)
def test_a_part_that_is_gone_or_changed_is_named(
    place: str, edits: Sequence[str], kind: str, name: str
) -> None:
    tamper(place, *edits)
    gone = Defect("schema-part-missing", None, {"kind": kind, "name": name})
    assert checked(place).defects == (gone,)


def test_of_a_table_that_is_gone_its_columns_are_not_listed(place: str) -> None:
    tamper(place, "DROP TABLE unit_access")
    kinds = {defect.details["kind"] for defect in checked(place).defects}
    assert kinds == {"table", "constraint", "index"}


@pytest.mark.parametrize(
    ("edits", "code", "table", "name"),
    [
        (["ALTER TABLE event DISABLE TRIGGER event_no_change"], "trigger-off", "event", "event_no_change"),
        (
            ["ALTER TABLE event ENABLE REPLICA TRIGGER event_no_truncate"],
            "trigger-off",
            "event",
            "event_no_truncate",
        ),
        (["ALTER TABLE touch DISABLE TRIGGER ALL"], "trigger-off", "touch", "fk_touch_person_id"),
        (
            ["UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'ix_tag'::regclass"],
            "index-invalid",
            "tag",
            "ix_tag",
        ),
        (UNPROVED, "constraint-unproved", "tag", "ck_tag_tag_min"),
    ],
)
def test_what_was_switched_off_is_found(
    place: str, edits: Sequence[str], code: str, table: str, name: str
) -> None:
    tamper(place, *edits)
    found = checked(place).defects
    assert Defect(code, None, {"table": table, "name": name}) in found
    assert {defect.code for defect in found} == {code}


def test_what_an_owner_adds_is_no_defect(place: str) -> None:
    tamper(place, "CREATE TABLE of_our_own (id integer PRIMARY KEY)", "CREATE INDEX also ON person (phone)")
    assert checked(place).found == 0


@pytest.fixture
def secured(place: str) -> str:
    """Return a store in which row security is on."""
    for role in ROLES:
        there_is(place, role)
    tamper(place, *(statement for step in securing() for statement in step.statements))
    return place


def test_row_security_is_no_defect(secured: str) -> None:
    assert checked(secured).found == 0


@pytest.mark.parametrize(
    ("edit", "kind", "name"),
    [
        ("ALTER TABLE touch DISABLE ROW LEVEL SECURITY", "row security", "touch"),
        ("DROP POLICY person_all ON person", "policy", "person_all"),
        ("CREATE OR REPLACE VIEW person_begun AS SELECT id AS person_id FROM person", "view", "person_begun"),
    ],
)
def test_row_security_with_a_hole_in_it_is_a_defect(secured: str, edit: str, kind: str, name: str) -> None:
    tamper(secured, edit)
    gone = Defect("schema-part-missing", None, {"kind": kind, "name": name})
    assert checked(secured).defects == (gone,)


def there_is(place: str, role: str, kind: str = "NOLOGIN") -> None:
    """Make a role unless there is one; another test may be making it just now."""
    with connected_to(place) as store:
        store.run(
            f"DO $$ BEGIN CREATE ROLE {role} {kind}; "
            "EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
        )


@pytest.fixture
def reader(place: str) -> str:
    """Return the URL of the store for one who may read the whole of it, and owns none."""
    there_is(place, READER, "LOGIN")
    tamper(place, f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {READER}")
    return place.replace("//postgres:", f"//{READER}:")


def seen_by(reader: str) -> dict[str, object]:
    """Return what keeps one from checking the whole store."""
    with pytest.raises(StoreUnavailable) as raised:
        checked(reader)
    assert raised.value.code == "store-seen-in-part"
    return raised.value.details


def test_one_who_may_read_all_of_it_may_check_it(reader: str) -> None:
    assert checked(reader).found == 0


def test_whom_row_security_hides_something_from_cannot_call_the_store_whole(
    secured: str, reader: str
) -> None:
    seen = seen_by(reader)
    assert (seen["user"], seen["owner"]) == (READER, "postgres")
    assert seen["row_security"] == sorted(POLICIES)


def test_nor_can_one_who_may_not_read_every_column(place: str, reader: str) -> None:
    tamper(place, f"REVOKE SELECT ON person, touch FROM {READER}", f"GRANT SELECT (id) ON person TO {READER}")
    assert seen_by(reader)["unreadable"] == ["person", "touch"]


def test_all_of_it_is_read_as_of_one_moment_while_others_write(place: str) -> None:
    def meanwhile(done: int, _of: int) -> None:
        assert done <= 8  # the candidates who come are not seen
        with writing_to(place, "add-candidate") as w:
            add_candidate(w, Details(f"Ny {done}"), find_cohort(w.store, "trainee"), TODAY)

    with opened(place, writing=False) as store:
        found = check(store, progress=meanwhile)
    assert (found.candidacies, found.found) == (8, 0)
    assert checked(place).candidacies == 16


def test_a_page_that_was_overwritten_is_found_and_remembered() -> None:
    with a_server("ruined") as server:
        place = server.uri()
        upgrade_store(place)
        [(file,)] = server.run("SELECT pg_relation_filepath('pipeline')")
        server.stop()
        with open(server.data / file, "r+b") as pages:
            pages.write(b"\xa5" * 4096)
        server.start()
        (damage,) = checked(place).defects
        assert (damage.code, "invalid page" in damage.details["reason"]) == ("file-damaged", True)
        again = [defect.code for defect in checked(place).defects]
        assert again == ["checksum-failed", "file-damaged"]
