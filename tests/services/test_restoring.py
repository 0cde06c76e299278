"""A backup is put back whole, is not touched itself, and what was there before it is kept."""

import os
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from socrekry.domain.errors import InvalidInput, Refused, SocrekryError, StoreDamaged, StoreUnavailable
from socrekry.services import restoring
from socrekry.services.backups import back_up
from socrekry.services.checking import check
from socrekry.services.notes import note
from socrekry.services.restoring import Restored, backup_at, restore
from socrekry.store.connect import open_store
from socrekry.store.sqlite import pages as sqlite_pages
from tests.builders import TODAY, a_database
from tests.engines import new_database, uri_of
from tests.moving import a_full_story, a_place, a_sound_story, an_older_story, everything, run
from tests.stories import a_story, writing_to
from tests.tampering import tamper

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
KEPT = "store.db.before-restore-20261120T120000Z"


@pytest.fixture
def backup(tmp_path: Path) -> str:
    """Give a backup of a store, in a folder of its own."""
    (tmp_path / "kept").mkdir()
    return str(a_sound_story(tmp_path / "kept").rename(tmp_path / "kept" / "backup.db"))


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Give a store to which somebody has written since."""
    path = a_story(tmp_path).rename(tmp_path / "store.db")
    with writing_to(path, "note") as w:
        note(w, "C-1", "Ringt", TODAY)
    return path


def put_back(file: str, location: str | Path) -> Restored:
    return restore(backup_at(file, str(location)), str(location), NOW)


def refused(file: str, location: str | Path) -> str:
    """Return the code with which a restore is refused."""
    with pytest.raises(SocrekryError) as raised:
        put_back(file, location)
    return raised.value.code


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_a_backup_is_put_where_there_is_nothing(tmp_path: Path, backup: str, engine: str) -> None:
    place = a_place(engine, tmp_path / "new")
    done = put_back(backup, place)
    assert everything(place) == everything(backup)
    assert (done.engine, done.holds, done.kept) == (engine, (8, 34), None)
    with open_store(place, writing=False) as store:
        assert check(store).found == 0


def test_a_new_store_is_its_users_alone_whatever_the_umask(tmp_path: Path, backup: str) -> None:
    before = os.umask(0)
    try:
        put_back(backup, tmp_path / "new" / "store.db")
    finally:
        os.umask(before)
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "new", tmp_path / "new" / "store.db")]
    assert modes == [0o700, 0o600]


def test_what_was_in_the_store_is_kept_beside_it(tmp_path: Path, backup: str, store: Path) -> None:
    before = everything(str(store))
    done = put_back(backup, store)
    assert everything(str(store)) == everything(backup) != before
    assert (done.kept, everything(str(tmp_path / KEPT))) == (str(tmp_path / KEPT), before)
    assert stat.S_IMODE((tmp_path / KEPT).stat().st_mode) == 0o600
    assert {each.name for each in tmp_path.iterdir()} == {"kept", "store.db", KEPT}


def test_what_was_kept_can_be_put_back_in_turn(tmp_path: Path, backup: str, store: Path) -> None:
    before = everything(str(store))
    put_back(backup, store)
    done = put_back(str(tmp_path / KEPT), store)
    assert (everything(str(store)), done.kept) == (before, str(tmp_path / f"{KEPT}-2"))


def test_every_odd_row_comes_back(tmp_path: Path, store: Path) -> None:
    (tmp_path / "odd").mkdir()
    odd = a_full_story(tmp_path / "odd")
    with pytest.raises(StoreDamaged):  # no log of which could have been written
        put_back(str(odd), store)
    sqlite_pages.replace_content(str(store), str(odd), str(tmp_path / KEPT))
    assert everything(str(store)) == everything(str(odd))


class TestInUse:
    """Whoever has the store open goes on, and nobody's work is lost between the old and the new."""

    def test_who_has_it_open_reads_what_was_put_back(self, backup: str, store: Path) -> None:
        with open_store(str(store), writing=False) as open_before:
            assert open_before.row("writing.actor", name="Örjan")
            assert len(open_before.engine_rows("SELECT * FROM command WHERE name = 'note'")) == 1
            put_back(backup, store)
            assert open_before.engine_rows("SELECT * FROM command WHERE name = 'note'") == []

    @pytest.mark.parametrize("at_work", ["BEGIN IMMEDIATE", "BEGIN; SELECT * FROM unit"])
    def test_a_store_that_is_being_used_is_busy(
        self, tmp_path: Path, backup: str, store: Path, at_work: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SOCREKRY_BUSY_SECONDS", "0.1")
        before = everything(str(store))
        with closing(sqlite3.connect(store, isolation_level=None)) as other:
            for statement in at_work.split("; "):
                other.execute(statement).fetchone()
            assert refused(backup, store) == "store-busy"
        assert (everything(str(store)), (tmp_path / KEPT).exists()) == (before, False)

    def test_nobody_writes_between_what_is_kept_and_what_is_put_back(
        self, backup: str, store: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sqlite_pages, "AT_A_TIME", 20)
        tried = list[str]()

        def told(done: int, of: int) -> None:
            with closing(sqlite3.connect(store, timeout=0)) as other:
                with pytest.raises(sqlite3.OperationalError) as raised:
                    other.execute("SELECT * FROM unit")
                tried.append(str(raised.value))

        sqlite_pages.replace_content(str(store), backup, f"{store}.kept", told)
        assert set(tried) == {"database is locked"}


class TestTheBackup:
    """It is proved before anything is touched, and not touched itself."""

    def test_not_a_byte_of_it_changes(self, backup: str, store: Path) -> None:
        before, listed = Path(backup).read_bytes(), os.listdir(Path(backup).parent)
        put_back(backup, store)
        assert (Path(backup).read_bytes(), os.listdir(Path(backup).parent)) == (before, listed)

    @pytest.mark.parametrize(
        ("damage", "code"),
        [
            ("DELETE FROM event WHERE candidacy_id = 4 AND seq = 3", "restore-of-defects"),
            ("DROP VIEW seat_taken", "restore-of-defects"),
            ("DROP TABLE tag", "restore-of-defects"),
            ("UPDATE alembic_version SET version_num = '0999'", "store-newer"),
            ("UPDATE alembic_version SET version_num = 'half-copied 0003'", "store-half-copied"),
            ("DROP TABLE alembic_version", "not-a-store"),
        ],
    )
    def test_one_that_is_not_whole_is_refused(
        self, tmp_path: Path, backup: str, store: Path, damage: str, code: str
    ) -> None:
        before = everything(str(store))
        tamper(backup, damage)
        assert refused(backup, store) == code
        assert (everything(str(store)), (tmp_path / KEPT).exists()) == (before, False)

    def test_one_with_a_ruined_page_is_refused(self, backup: str, store: Path) -> None:
        with Path(backup).open("rb+") as file:
            file.seek(4096 * 30)
            file.write(b"\xff" * 4096)
        assert refused(backup, store) == "store-damaged"

    def test_one_that_is_being_written_to_is_refused(self, backup: str, store: Path) -> None:
        Path(f"{backup}-journal").write_text("of somebody's")
        assert refused(backup, store) == "journal-beside"

    def test_what_is_no_backup_is_refused(self, tmp_path: Path, store: Path) -> None:
        (tmp_path / "notes.txt").write_text("Ring Åsa")
        assert refused(str(tmp_path / "notes.txt"), store) == "not-a-store"
        for name, kind in (("nowhere.db", "file-not-found"), (".", "file-needed")):
            with pytest.raises(InvalidInput, match=kind):
                backup_at(str(tmp_path / name), str(store))
        with pytest.raises(Refused, match="restore-onto-itself"):
            backup_at(str(store), str(store))

    @pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
    def test_an_older_one_is_brought_along_in_a_copy(self, tmp_path: Path, engine: str) -> None:
        older, place = an_older_story(tmp_path), a_place(engine, tmp_path)
        before = older.read_bytes()
        done = put_back(str(older), place)
        assert (done.version, done.holds, older.read_bytes()) == ("0001", (8, 34), before)
        assert everything(place)["event"] == everything(str(tmp_path / "story.db"))["event"]
        with open_store(place, writing=False) as store:
            assert check(store).found == 0
        assert not list(tmp_path.glob(".socrekry-*"))


class TestADamagedStore:
    """A store that is in no state to take anything in makes room, and is kept as it is."""

    @pytest.mark.parametrize("left", [b"", b"Ring \xc3\x85sa" * 500, None])
    def test_it_is_kept_and_the_backup_takes_its_place(
        self, tmp_path: Path, backup: str, store: Path, left: bytes | None
    ) -> None:
        ruin = store.read_bytes()[:5000] if left is None else left
        store.write_bytes(ruin)
        done = put_back(backup, store)
        assert everything(str(store)) == everything(backup)
        assert done.kept
        assert Path(done.kept).read_bytes()[:5000] == ruin or not ruin
        assert stat.S_IMODE(store.stat().st_mode) == 0o600

    def test_all_is_as_it_was_where_the_backup_has_no_room(
        self, tmp_path: Path, backup: str, store: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_: object) -> None:
            raise StoreUnavailable("store-full")

        store.write_bytes(b"Ring \xc3\x85sa" * 500)
        before = {each.name: each.read_bytes() for each in tmp_path.iterdir() if each.is_file()}
        monkeypatch.setattr(restoring, "copy_file", full)
        assert refused(backup, store) == "store-full"
        assert {each.name: each.read_bytes() for each in tmp_path.iterdir() if each.is_file()} == before


class TestADatabase:
    """A backup goes into one with nothing in it, and goes on where it was cut off."""

    def test_one_with_anything_in_it_is_refused(self, tmp_path: Path, backup: str) -> None:
        place, other = a_place("postgresql", tmp_path), uri_of(new_database())
        put_back(backup, place)
        run(other, "CREATE TABLE notes (id integer)")
        assert [refused(backup, place), refused(backup, other)] == ["restore-needs-empty"] * 2

    def test_one_that_was_only_furnished_is_taken(self, tmp_path: Path, backup: str) -> None:
        place = a_database()
        put_back(backup, place)
        assert everything(place) == everything(backup)
        assert everything(back_up(place, str(tmp_path / "again.db")).file) == everything(backup)


def test_what_is_not_what_the_backup_holds_is_noticed(
    tmp_path: Path, backup: str, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restoring, "replace_content", lambda *_: run(str(store), "DELETE FROM staff_role"))
    monkeypatch.setattr(restoring, "counts", lambda store: (8, 34 + ("kept" in store.location)))
    with pytest.raises(StoreDamaged) as raised:
        put_back(backup, store)
    assert (raised.value.code, raised.value.details["kept"]) == ("restore-differs", str(tmp_path / KEPT))
