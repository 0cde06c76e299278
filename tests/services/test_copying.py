"""A store moves whole: every row, every number, every log – or nobody may use what came of it."""

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from socrekry.domain.errors import SocrekryError, StoreDamaged, StoreUnavailable
from socrekry.services import copied_tables
from socrekry.services.checking import check
from socrekry.services.copying import Copied, copy
from socrekry.services.heads import heads
from socrekry.services.watching import How, Stage, Watch
from socrekry.store.connect import open_store
from socrekry.store.migrate import create
from tests.builders import a_database, a_file
from tests.engines import new_database, uri_of
from tests.moving import a_full_story, a_place, a_sound_story, everything, run
from tests.stories import a_story
from tests.tampering import tamper

ENGINES = ("sqlite", "postgresql")
Place = Callable[..., str]


@pytest.fixture(params=ENGINES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Give places with nothing in them, on each engine in turn."""
    return lambda name="target": a_place(request.param, tmp_path, name)


class Listening(Watch):
    """Remembers what it was told, and does something when it is told that."""

    def __init__(
        self,
        stage: Stage | None = None,
        act: Callable[[], object] = lambda: None,
        *,
        at_the_end: bool = False,
    ) -> None:
        self._at_the_end = at_the_end
        self.began_as, self.stages = list[How](), list[tuple[Stage, int, int]]()
        self._stage, self._act = stage, act

    def began(self, how: How) -> None:
        self.began_as.append(how)

    def at(self, stage: Stage, done: int, of: int) -> None:
        self.stages.append((stage, done, of))
        if stage == self._stage and (done == of or not self._at_the_end):
            self._stage = None
            self._act()


@pytest.mark.parametrize("last", ENGINES)
def test_a_store_that_moves_on_and_on_stays_the_same(tmp_path: Path, place: Place, last: str) -> None:
    story = str(a_full_story(tmp_path))
    there, back = place("there"), a_place(last, tmp_path, "back")
    copy(story, there)
    copied = copy(there, back)
    assert everything(there) == everything(back) == everything(story)
    assert (copied.how, copied.rows["event"]) == ("new", 36)


def test_a_copy_is_sound_and_its_logs_end_where_they_did(tmp_path: Path, place: Place) -> None:
    story, target = str(a_sound_story(tmp_path)), place()
    assert copy(story, target).findings == (0, ())
    with open_store(story, writing=False) as here, open_store(target, writing=False) as there:
        assert list(heads(here)) == list(heads(there))
        assert (check(there).candidacies, check(there).found) == (8, 0)


def test_a_number_that_was_given_is_not_given_again(tmp_path: Path, place: Place) -> None:
    story, target = str(a_full_story(tmp_path)), place()
    copy(story, target)
    added = "INSERT INTO touch (person_id, activity_id, occurred_on) VALUES (9, 3, '2025-05-01') RETURNING id"
    assert run(target, added) == [(100,)]


def test_rows_are_the_same_however_many_are_read_at_a_time(
    tmp_path: Path, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    story, one, three = str(a_full_story(tmp_path)), place("one"), place("three")
    for target, batch in ((one, 1), (three, 3)):
        monkeypatch.setattr(copied_tables, "BATCH", batch)
        copy(story, target)
    assert everything(one) == everything(three) == everything(story)


def test_whoever_watches_hears_every_row_and_every_log(tmp_path: Path, place: Place) -> None:
    watch = Listening()
    rows = sum(copy(str(a_sound_story(tmp_path)), place(), watch).rows.values())
    assert watch.began_as == ["new"]
    last = {stage: (done, of) for stage, done, of in watch.stages}
    assert last == {"copied": (rows, rows), "compared": (rows, rows), "followed": (8, 8)}


class TestWhere:
    """A place must be empty, and another one than the source."""

    def test_a_store_that_nobody_has_written_to_is_as_good_as_empty(self, tmp_path: Path) -> None:
        story = str(a_full_story(tmp_path))
        for target in (str(a_file(tmp_path)), a_database()):
            assert copy(story, target).how == "new"
            assert everything(target) == everything(story)

    def test_a_file_with_nothing_in_it_is_taken(self, tmp_path: Path) -> None:
        (tmp_path / "target.db").touch()
        copy(str(a_story(tmp_path)), str(tmp_path / "target.db"))
        assert everything(str(tmp_path / "target.db")) == everything(str(tmp_path / "story.db"))

    @pytest.mark.parametrize("given", ["a right", "a command"])
    def test_a_store_in_which_anything_was_done_is_refused(
        self, tmp_path: Path, place: Place, given: str
    ) -> None:
        target = place()
        create(target)
        run(target, "INSERT INTO actor (name) VALUES ('Eva')")
        run(target, WRITTEN[given])
        before = everything(target)
        assert refused(str(a_story(tmp_path)), target) == "target-not-empty"
        assert everything(target) == before

    def test_what_is_no_store_is_refused(self, tmp_path: Path) -> None:
        story, notes, database = str(a_story(tmp_path)), tmp_path / "notes.txt", uri_of(new_database())
        notes.write_text("Ring Åsa")
        run(database, "CREATE TABLE notes (id integer)")
        assert [refused(story, str(notes)), refused(story, database)] == ["target-not-empty"] * 2
        assert notes.read_text() == "Ring Åsa"

    def test_a_store_is_not_copied_onto_itself(self, tmp_path: Path, place: Place) -> None:
        target = place()
        copy(str(a_file(tmp_path)), target)
        again = target.replace("/postgres?", "/?")
        assert refused(target, again) == "copy-onto-itself"
        assert copy(target, a_place("sqlite", tmp_path, "other")).rows["university"] == 20

    def test_a_place_that_cannot_be_written_is_left_without_a_trace(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "folder").write_text("a file")
        assert refused(str(a_story(tmp_path)), str(tmp_path / "folder" / "x.db")) == "store-unreachable"
        monkeypatch.setattr("socrekry.store.migrate.create", _fail)
        with suppress(OSError):
            copy(str(tmp_path / "story.db"), str(tmp_path / "target.db"))
        assert not (tmp_path / "target.db").exists()


class TestTheSource:
    """It is a whole store of this version, and stays as it is."""

    def test_one_that_is_not_there_is_not_made(self, tmp_path: Path, place: Place) -> None:
        assert refused(str(tmp_path / "nowhere.db"), place()) == "store-not-found"
        assert not (tmp_path / "nowhere.db").exists()

    def test_an_older_one_is_to_be_brought_along_first(self, tmp_path: Path, place: Place) -> None:
        story = a_story(tmp_path)
        tamper(story, "UPDATE alembic_version SET version_num = '0001'")
        assert refused(str(story), place()) == "source-needs-migration"

    def test_not_a_byte_of_a_file_changes(self, tmp_path: Path, place: Place) -> None:
        story = a_story(tmp_path)
        before = story.read_bytes()
        copy(str(story), place())
        assert story.read_bytes() == before

    def test_what_others_write_meanwhile_does_not_come_along(self, tmp_path: Path, place: Place) -> None:
        there = a_place("postgresql", tmp_path)
        copy(str(a_sound_story(tmp_path)), there)
        before = everything(there)
        copied = copy(there, target := place(), Listening("copied", lambda: run(there, LATE)))
        assert (copied.how, everything(target)["unit"]) == ("new", before["unit"])

    def test_nobody_writes_to_a_file_that_is_copied(self, tmp_path: Path, place: Place) -> None:
        story, said = a_story(tmp_path), list[str]()

        def written() -> None:
            with closing(sqlite3.connect(story, timeout=0, isolation_level=None)) as other:
                with pytest.raises(sqlite3.OperationalError) as raised:
                    other.execute(LATE)
                said.append(str(raised.value))

        copy(str(story), place(), Listening("copied", written, at_the_end=True))
        assert said == ["database is locked"]

    def test_one_without_one_of_its_tables_is_told(self, tmp_path: Path, place: Place) -> None:
        run(str(a_story(tmp_path)), "DROP TABLE tag")
        assert refused(str(tmp_path / "story.db"), place()) == "store-incomplete"

    def test_its_own_defects_come_along_and_are_told(self, tmp_path: Path, place: Place) -> None:
        story = a_story(tmp_path)
        tamper(story, "DELETE FROM event WHERE candidacy_id = 4 AND seq = 3")
        copied = copy(str(story), target := place())
        (defect,) = copied.findings.defects
        assert (copied.findings.number, defect.candidacy, defect.code) == (1, "C-4.1", "log-cut")
        assert everything(target) == everything(str(story))

    def test_only_the_first_of_many_defects_are_kept_in_mind(self, tmp_path: Path, place: Place) -> None:
        story = a_full_story(tmp_path)
        tamper(story, "UPDATE event SET recorded_at = '2025-01-01T12:00:00.000000Z'")
        copied = copy(str(story), place())
        assert (copied.findings.number, len(copied.findings.defects)) == (11, 10)

    @pytest.mark.parametrize(
        ("broken", "table", "key"),
        [
            ("UPDATE event SET command_id = 999 WHERE candidacy_id = 4 AND seq = 3", "event", [4, 3]),
            ("UPDATE tag SET person_id = 999 WHERE tag = 'Zebra'", "tag", [999]),
        ],
    )
    def test_a_row_that_no_store_can_keep_is_named(
        self, tmp_path: Path, place: Place, broken: str, table: str, key: list[object]
    ) -> None:
        story = a_full_story(tmp_path)
        tamper(story, "PRAGMA foreign_keys = OFF", broken)
        with pytest.raises(StoreDamaged) as raised:
            copy(str(story), place())
        found = raised.value.details
        assert (raised.value.code, found["table"], found["key"]) == ("row-not-kept", table, key)
        assert found["source"] == str(story)

    def test_a_text_that_postgresql_cannot_hold_is_named(self, tmp_path: Path) -> None:
        story = a_story(tmp_path)
        tamper(story, "UPDATE person SET name = 'Å' || char(0) || 'sa' WHERE id = 5")
        with pytest.raises(StoreDamaged) as raised:
            copy(str(story), a_place("postgresql", tmp_path))
        assert (raised.value.code, raised.value.details["key"]) == ("row-not-kept", [5])
        assert "sa" not in raised.value.details["reason"].replace("PostgreSQL", "")


class TestUntilItIsProved:
    """What came over is read again, and nobody else may use it before that."""

    @pytest.mark.parametrize(
        "meddling",
        [
            "UPDATE unit SET name = 'Vuxna' WHERE id = 2",
            "DELETE FROM staff_role WHERE staff_id = 2",
            "INSERT INTO tag VALUES (2, 'ny')",
        ],
    )
    def test_a_copy_that_differs_is_told_and_stays_closed(
        self, tmp_path: Path, place: Place, meddling: str
    ) -> None:
        story, target = str(a_sound_story(tmp_path)), place()
        with pytest.raises(StoreDamaged) as raised:
            copy(story, target, Listening("copied", lambda: run(target, meddling), at_the_end=True))
        assert raised.value.code == "copy-differs"
        assert raised.value.details["part"] in meddling
        with pytest.raises(StoreUnavailable) as closed:
            open_store(target, writing=False)
        assert closed.value.code == "store-half-copied"

    def test_a_part_of_the_schema_that_is_gone_is_missed(self, tmp_path: Path, place: Place) -> None:
        story, target = str(a_story(tmp_path)), place()
        meddle = Listening("copied", lambda: run(target, "DROP VIEW seat_taken"), at_the_end=True)
        with pytest.raises(StoreDamaged) as raised:
            copy(story, target, meddle)
        assert (raised.value.code, raised.value.details["part"]) == ("copy-differs", "seat_taken")

    def test_nobody_else_opens_it_meanwhile(self, tmp_path: Path, place: Place) -> None:
        codes = list[str]()

        def looked() -> None:
            with pytest.raises(StoreUnavailable) as raised:
                open_store(target, writing=True)
            codes.append(raised.value.code)

        stages: tuple[Stage, ...] = ("copied", "compared", "followed")
        for stage in stages:
            target = place(stage)
            copy(str(a_story(tmp_path)), target, Listening(stage, looked))
        assert codes == ["store-half-copied"] * 3

    def test_two_who_copy_to_one_place_do_not_mix(self, tmp_path: Path, place: Place) -> None:
        story, target, done = str(a_story(tmp_path)), place(), list[Copied]()
        with pytest.raises(SocrekryError) as raised:
            copy(story, target, Listening("copied", lambda: done.append(copy(story, target))))
        assert raised.value.code in ("copy-under-way", "not-a-store")
        assert everything(target) == everything(story)


LATE = "INSERT INTO unit (name, child_and_youth, search_key) VALUES ('x', false, 'x')"
WRITTEN = {
    "a right": "INSERT INTO unit_access (role_name) VALUES ('anna')",
    "a command": """INSERT INTO command (name, actor_id, recorded_at)
                    VALUES ('note', 1, '2025-01-01T12:00:00.000000Z')""",
}


def refused(source: str, target: str) -> str:
    """Return the code that a copy is refused with."""
    with pytest.raises(SocrekryError) as raised:
        copy(source, target)
    return raised.value.code


def _fail(*_: object, **__: object) -> None:
    raise OSError
