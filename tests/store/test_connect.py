"""A store that cannot be opened, written or trusted says so by a code; what it keeps is its user's alone."""

import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

import socrekry.store.migrate  # noqa: F401 – loaded before a test gives up the right to read it
from socrekry.domain.errors import SocrekryError, StoreDamaged, StoreUnavailable
from socrekry.services.checking import check
from socrekry.services.notes import note
from socrekry.services.opening import opened
from socrekry.store.connect import SCHEMA_VERSION, Store, open_store, version_at
from socrekry.store.location import masked
from tests.stories import TODAY, a_story, writing_to

NOBODY = 65534
WRITER = """
import os, sys
from socrekry.store.connect import open_store
store = open_store(sys.argv[1], writing=True)
with store.transaction():
    store.write("person.drop_tags", person=1)
    print("writing", flush=True)
    sys.stdin.read()
"""
BEGINNER = """
import sys
from socrekry.services.opening import opened
sys.stdin.read(1)
with opened(sys.argv[1], writing=True) as store:
    print(store.value("store.schema_version"), len(store.rows("programme.pipeline_names")))
"""


@pytest.fixture(autouse=True)
def _in_no_mood_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOCREKRY_BUSY_SECONDS", "0.2")


@pytest.fixture
def folder() -> Iterator[Path]:
    """Give a folder that everybody may enter."""
    path = Path(tempfile.mkdtemp(prefix="socrekry-"))
    path.chmod(0o755)
    yield path
    path.chmod(0o755)
    shutil.rmtree(path)


@contextmanager
def as_one_without_rights() -> Iterator[None]:
    """Be somebody else for a while where we are root, whom no mode of a file keeps out."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        yield
        return
    os.setresuid(NOBODY, NOBODY, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)


def found_or_raised(path: Path) -> str:
    """Return the code of what keeps a store from being read, or of the first thing that a check finds."""
    try:
        with opened(str(path), writing=False) as store:
            return check(store).defects[0].code
    except StoreDamaged as error:
        return error.code


def code_of(path: Path | str, *, writing: bool) -> str:
    with pytest.raises(SocrekryError) as raised, open_store(str(path), writing=writing):
        pass
    return raised.value.code


@contextmanager
def a_writer(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Give another process in the middle of a transaction that has written."""
    command = [sys.executable, "-c", WRITER, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "writing\n"
        yield process
        process.kill()


def tags(path: Path) -> list[str]:
    with opened(str(path), writing=False) as store:
        return [tag for (tag,) in store.rows("person.tags", person=1)]


class TestSomebodyElse:
    """Two writers take turns; a reader sees what was kept; nobody waits for ever."""

    def test_a_second_writer_is_told_that_the_store_is_busy(self, tmp_path: Path) -> None:
        path = a_story(tmp_path)
        with a_writer(path), pytest.raises(StoreUnavailable) as raised, writing_to(path) as w:
            note(w, "C-1", "Ring", TODAY)
        assert raised.value.code == "store-busy"

    def test_a_reader_sees_what_was_kept_before(self, tmp_path: Path) -> None:
        path = a_story(tmp_path)
        with a_writer(path):
            assert tags(path) == ["kö"]

    def test_a_writer_waits_for_its_turn(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = a_story(tmp_path)
        monkeypatch.setenv("SOCREKRY_BUSY_SECONDS", "30")
        with a_writer(path) as other:
            threading.Timer(0.3, other.kill).start()
            with writing_to(path) as w:
                assert note(w, "C-1", "Ring", TODAY) == "C-1.1"

    def test_what_a_killed_writer_left_is_rolled_back_by_the_next_reader(self, tmp_path: Path) -> None:
        path = a_story(tmp_path)
        grow(path)
        with a_writer_that_spills(path) as other:
            os.kill(other.pid, signal.SIGKILL)
        assert journal(path).stat().st_size > 0
        assert tags(path) == ["kö"]
        assert not journal(path).exists()

    def test_a_journal_that_may_not_be_rolled_back_is_said_to_be_so(self, folder: Path) -> None:
        path = a_story(folder)
        grow(path)
        with a_writer_that_spills(path) as other:
            os.kill(other.pid, signal.SIGKILL)
        path.chmod(0o444)
        journal(path).chmod(0o444)
        with as_one_without_rights():
            assert code_of(path, writing=False) == "store-read-only"

    def test_two_who_begin_at_once_get_one_good_store(self, tmp_path: Path) -> None:
        path = tmp_path / "new.db"
        begin = [sys.executable, "-c", BEGINNER, str(path)]
        pipe = subprocess.PIPE
        pair = [subprocess.Popen(begin, stdin=pipe, stdout=pipe, text=True) for _ in "ab"]
        for each in pair:
            assert each.stdin is not None
            each.stdin.write("x")
            each.stdin.flush()
        said = [each.communicate()[0] for each in pair]
        assert said == [f"{SCHEMA_VERSION} 2\n"] * 2
        assert [name.name for name in tmp_path.iterdir()] == ["new.db"]


def journal(path: Path) -> Path:
    return path.with_name(path.name + "-journal")


def grow(path: Path) -> None:
    """Let a store hold more than a cache does, so that a transaction reaches the file before its end."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany("INSERT INTO tag VALUES (2, ?)", [(f"{n:059}",) for n in range(2_000)])


@contextmanager
def a_writer_that_spills(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Give another process whose unfinished transaction is partly in the file, its journal beside it."""
    spilling = WRITER.replace(
        '    store.write("person.drop_tags", person=1)',
        "    store.engine_rows('PRAGMA cache_size = 1')\n"
        "    store.engine_rows('PRAGMA cache_spill = 1')\n"
        "    store.write('person.drop_tags', person=1)\n"
        "    store.write('person.drop_tags', person=2)",
    )
    command = [sys.executable, "-c", spilling, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "writing\n"
        yield process
        process.kill()


def test_where_there_are_no_hard_links_the_first_store_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(_draft: str, path: str) -> None:
        a_story(Path(path).parent).rename(path)  # somebody is quicker, and has begun to work
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    path = tmp_path / "new" / "store.db"
    with opened(str(path), writing=False) as store:
        assert store.rows("person.tags", person=1) == [("kö",)]


def test_where_there_are_no_hard_links_a_store_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(_draft: str, _path: str) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    path = tmp_path / "store.db"
    with opened(str(path), writing=True) as store:
        assert store.rows("programme.pipeline_names") == [("direct",), ("trainee",)]
    assert [stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()] == [0o600]


@pytest.mark.parametrize("said", ["soon", "nan", "inf", "-1", "1e9"])
def test_a_wait_that_is_no_number_of_seconds_is_not_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    path = a_story(tmp_path)
    monkeypatch.setenv("SOCREKRY_BUSY_SECONDS", said)
    assert code_of(path, writing=True) == "seconds-invalid"


class TestWhatIsNoStore:
    """What stands at the path, or in the way to it, has a code of its own."""

    @pytest.mark.parametrize("writing", [True, False])
    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"\xa5" * 8192, "not-a-store"),
            (b"", "not-a-store"),
            (b"name;email\nBo;bo@exempel.se\n" * 99, "not-a-store"),
        ],
    )
    def test_a_file_of_another_kind(self, tmp_path: Path, content: bytes, code: str, writing: bool) -> None:
        path = tmp_path / "other"
        path.write_bytes(content)
        assert code_of(path, writing=writing) == code
        assert path.read_bytes() == content

    @pytest.mark.parametrize(
        "tables",
        [
            "CREATE TABLE person (id INTEGER)",
            "CREATE TABLE alembic_version (version_num TEXT)",
            "CREATE TABLE alembic_version AS SELECT '1975ea83b712' AS version_num",
        ],
    )
    def test_a_database_of_another_program(self, tmp_path: Path, tables: str) -> None:
        path = tmp_path / "other.db"
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute(tables)
        assert code_of(path, writing=False) == "not-a-store"
        assert code_of(path, writing=True) == "not-a-store"

    @pytest.mark.parametrize(
        ("version", "code"), [("9999", "store-newer"), ("0000", "store-needs-migration")]
    )
    def test_a_store_of_another_version(self, tmp_path: Path, version: str, code: str) -> None:
        path = a_story(tmp_path)
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute(f"UPDATE alembic_version SET version_num = '{version}'")
        assert code_of(path, writing=True) == code
        assert version_at(str(path)) == version

    @pytest.mark.parametrize("kept", [0.9, 0.5, 0.1])
    def test_a_file_that_was_cut_off(self, tmp_path: Path, kept: float) -> None:
        path = a_story(tmp_path)
        data = path.read_bytes()
        path.write_bytes(data[: int(len(data) * kept)])
        assert found_or_raised(path) in ("store-damaged", "file-damaged")

    def test_a_page_that_cannot_be_read_is_noticed_while_rows_are_fetched(self, tmp_path: Path) -> None:
        path = a_story(tmp_path)
        data = bytearray(path.read_bytes())
        with closing(sqlite3.connect(path)) as connection:
            (page,) = connection.execute(
                "SELECT rootpage FROM sqlite_master WHERE name = 'person'"
            ).fetchone()
        data[(page - 1) * 4096 : page * 4096] = b"\xa5" * 4096
        path.write_bytes(data)
        with opened(str(path), writing=False) as store, pytest.raises(StoreDamaged) as raised:
            store.rows("person.read", person=1)
        assert raised.value.code == "store-damaged"

    def test_a_folder(self, tmp_path: Path) -> None:
        assert code_of(tmp_path, writing=False) == "store-is-a-folder"

    def test_a_path_through_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        assert code_of(tmp_path / "file" / "store.db", writing=True) == "store-unreachable"

    def test_a_url(self) -> None:
        with pytest.raises(StoreUnavailable) as raised:
            open_store("mysql://eva:hemligt@server/db", writing=False)
        assert raised.value.details == {"store": "mysql://eva:***@server/db"}

    def test_a_version_is_asked_of_a_store_that_is_there(self, tmp_path: Path) -> None:
        with pytest.raises(StoreUnavailable) as raised:
            version_at(str(tmp_path / "none.db"))
        assert raised.value.code == "store-not-found"
        assert list(tmp_path.iterdir()) == []


class TestRights:
    """A store belongs to its user alone, and one that may not be written says so."""

    def test_a_file_that_may_only_be_read_is_read(self, folder: Path) -> None:
        path = a_story(folder)
        path.chmod(0o444)
        with as_one_without_rights():
            assert tags(path) == ["kö"]
            assert attempt(path) == "store-read-only"

    def test_a_folder_that_may_not_be_written_takes_no_journal(self, folder: Path) -> None:
        path = a_story(folder)
        path.chmod(0o666)
        folder.chmod(0o555)
        with as_one_without_rights():
            assert attempt(path) == "store-read-only"
        assert tags(path) == ["kö"]

    def test_a_file_that_may_not_be_read_is_out_of_reach(self, folder: Path) -> None:
        path = a_story(folder)
        path.chmod(0o000)
        with as_one_without_rights():
            assert code_of(path, writing=False) == "store-unreachable"

    def test_a_store_cannot_be_made_where_nothing_may_be_written(self, folder: Path) -> None:
        folder.chmod(0o555)
        with as_one_without_rights():
            assert code_of(folder / "store.db", writing=True) == "store-unreachable"
            assert code_of(folder / "new" / "store.db", writing=True) == "store-unreachable"

    def test_a_new_store_and_its_journal_are_its_users_alone(self, tmp_path: Path) -> None:
        path = tmp_path / "new" / "store.db"
        before = os.umask(0)
        try:
            with opened(str(path), writing=True) as store, store.transaction():
                store.write("programme.add_university", code="å", name="Å", town="Å")
                modes = [stat.S_IMODE(file.stat().st_mode) for file in (path, journal(path), path.parent)]
        finally:
            os.umask(before)
        assert modes == [0o600, 0o600, 0o700]

    def test_a_reader_cannot_write(self, tmp_path: Path) -> None:
        with (
            opened(str(a_story(tmp_path)), writing=False) as store,
            pytest.raises(StoreUnavailable) as raised,
        ):
            store.write("person.drop_tags", person=1)
        assert raised.value.code == "store-read-only"


def attempt(path: Path) -> str:
    """Return the code of what keeps a note from being made."""
    with pytest.raises(StoreUnavailable) as raised, writing_to(path) as w:
        note(w, "C-1", "Ring", TODAY)
    return raised.value.code


class TestTransactions:
    """All of a transaction is kept, or nothing."""

    @pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
    def test_nothing_is_kept_where_it_ends_in_an_error(
        self, tmp_path: Path, error: type[BaseException]
    ) -> None:
        path = a_story(tmp_path)
        with opened(str(path), writing=True) as store:
            with suppress(error), store.transaction():
                store.write("person.drop_tags", person=1)
                raise error
            with store.transaction():  # the connection is as good as before
                pass
        assert tags(path) == ["kö"]

    def test_nothing_is_kept_of_a_rehearsal(self, tmp_path: Path) -> None:
        path = a_story(tmp_path)
        with opened(str(path), writing=True) as store, store.transaction(keep=False):
            store.write("person.drop_tags", person=1)
            assert store.rows("person.tags", person=1) == []
        assert tags(path) == ["kö"]

    def test_a_snapshot_shows_one_moment(self, tmp_path: Path) -> None:
        path = a_story(tmp_path)
        with opened(str(path), writing=False) as store, store.snapshot():
            before = store.rows("person.tags", person=1)
            assert attempt(path) == "store-busy"  # the rollback journal lets no writer past a reader
            assert store.rows("person.tags", person=1) == before

    def test_inside_a_transaction_a_snapshot_is_part_of_it(self, tmp_path: Path) -> None:
        with opened(str(a_story(tmp_path)), writing=True) as store, store.transaction():
            store.write("person.drop_tags", person=1)
            with store.snapshot():
                assert store.rows("person.tags", person=1) == []
            store.write("person.add_tag", person=1, tag="ny")
            assert store.rows("person.tags", person=1) == [("ny",)]


@pytest.mark.parametrize(
    ("location", "shown"),
    [
        ("a/b.db", "a/b.db"),
        ("postgresql://server/db", "postgresql://server/db"),
        ("postgresql://eva:x@y:z@server/db", "postgresql://eva:***@server/db"),
        ("postgresql://server/db?user=eva&password=x", "postgresql://server/db?***"),
        ("postgresql://eva:x@server/db?sslpassword=y", "postgresql://eva:***@server/db?***"),
        ("postgresql://server:5432/db?password=x@y", "postgresql://server:***"),
        ("postgresql://eva:x?y@server/db", "postgresql://eva:***"),
    ],
)
def test_a_password_in_a_url_is_never_shown(location: str, shown: str) -> None:
    assert masked(location) == shown


def interrupted_once_over(store: Store) -> None:
    store.engine_rows("RELEASE SAVEPOINT part")
    raise KeyboardInterrupt


def test_an_interruption_just_after_a_part_is_over_is_told_as_what_it_is(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "new.db"), writing=True) as store:
        with pytest.raises(KeyboardInterrupt), store.transaction(), store.savepoint():
            interrupted_once_over(store)
        assert not store.within_transaction
