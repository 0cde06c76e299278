"""A store that cannot be written just now says why, in a sentence and with a remedy, and stays as it was.

Whatever stands in the way – a full disk, somebody's lock, no right to write – the exit code is 6, nothing is
half done, and the next command works as soon as it is out of the way.
"""

import os
import resource
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from typing import TypeAlias

import psycopg
import pytest

from socrekry.cli.exits import ExitCode
from socrekry.store.postgresql.connection import LOCK
from tests.builders import a_file
from tests.faults.worlds import World
from tests.full_disks import a_full_table
from tests.servers import Server, a_standby, wait_for
from tests.store.test_connect import as_one_without_rights

MOVE = ("advance", "C-1", "--reason", "så")
LONG = ("note", "C-1", "Ringt " * 1500)
WAITING = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = %s"


class Place:
    """A world on a server of its own, and what an administrator has in hand there."""

    def __init__(self, world: World, server: Server, database: str) -> None:
        self.world, self.server, self.database = world, server, database

    def run(self, statement: str) -> None:
        self.server.run(statement, database=self.database)

    def connected(self) -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(self.server.uri(self.database))


Trouble: TypeAlias = Callable[[Place], AbstractContextManager[None]]


@pytest.fixture(autouse=True)
def _in_no_mood_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOCREKRY_BUSY_SECONDS", "0.2")


@pytest.fixture
def place(server: Server, database: str, tmp_path: Path) -> Iterator[Place]:
    world = World(server.uri(database), tmp_path)
    world.office.add("Åsa", "lead", email="asa@exempel.se")
    yield Place(world, server, database)
    world.close()


@pytest.fixture
def in_a_file(tmp_path: Path) -> Iterator[World]:
    """Give a world in a folder that everybody may enter."""
    with TemporaryDirectory(prefix="socrekry-") as folder:
        Path(folder).chmod(0o755)
        world = World(str(a_file(Path(folder))), tmp_path)
        world.office.add("Åsa", "lead", email="asa@exempel.se")
        yield world
        world.close()


def require_told(world: World, code: str, *words: str) -> None:
    """Require that a command says that code and nothing of anybody, in both languages, and keeps nothing."""
    before, messages = world.rows("SELECT COUNT(*) FROM command"), set()
    for language in ("en", "sv"):
        done = world.gives(*words, "--lang", language)
        assert (done.code, done.out, done.why) == (ExitCode.UNAVAILABLE, "", code), done
        assert done.said["error"]["details"]["remedy"]
        assert not any(each in done.err for each in ("Åsa", "asa@", "Ringt", "Traceback"))
        messages.add(done.said["error"]["message"])
    assert len(messages) == 2
    assert world.rows("SELECT COUNT(*) FROM command") == before


@contextmanager
def read_only(place: Place) -> Iterator[None]:
    setting = f"ALTER DATABASE {place.database} {{}} default_transaction_read_only {{}}"
    place.server.run(setting.format("SET", "= on"))
    yield
    place.server.run(setting.format("RESET", ""))


@contextmanager
def held(place: Place, statement: str) -> Iterator[None]:
    with closing(place.connected()) as somebody:
        somebody.execute(statement.encode())
        yield


def the_stores_lock(place: Place) -> AbstractContextManager[None]:
    return held(place, f"SELECT pg_advisory_lock{LOCK}")


def a_row(place: Place) -> AbstractContextManager[None]:
    return held(place, "SELECT * FROM person FOR UPDATE")


@contextmanager
def an_administrator_who_waits_herself(place: Place) -> Iterator[None]:
    with held(place, "SELECT * FROM person"), closing(place.connected()) as other:
        other.execute("SET lock_timeout = '20s'")
        other.commit()
        other.pgconn.send_query(b"ALTER TABLE person ADD COLUMN shoe_size integer")
        wait_for(lambda: place.server.run(WAITING, [place.database]))
        yield


def no_room(place: Place) -> AbstractContextManager[None]:
    return a_full_table(place.server, place.database, "event")


def no_room_at_the_commit(place: Place) -> AbstractContextManager[None]:
    return a_full_table(place.server, place.database, "event", at_commit=True)


@contextmanager
def little_time(place: Place) -> Iterator[None]:
    place.run(
        "CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN PERFORM pg_sleep(60); RETURN NEW; END $$; "
        "CREATE TRIGGER dawdle BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION dawdle(); "
        f"ALTER DATABASE {place.database} SET statement_timeout = '300ms'"
    )
    yield
    place.run(f"ALTER DATABASE {place.database} RESET statement_timeout; DROP FUNCTION dawdle CASCADE")


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        (read_only, "store-read-only"),
        (the_stores_lock, "store-busy"),
        (a_row, "store-busy"),
        (an_administrator_who_waits_herself, "store-busy"),
        (no_room, "store-full"),
        (no_room_at_the_commit, "store-full"),
        (little_time, "store-busy"),
    ],
)
def test_what_a_server_cannot_do_just_now_is_told_and_done_later(
    place: Place, trouble: Trouble, code: str
) -> None:
    with trouble(place):
        require_told(place.world, code, *MOVE)
    assert place.world.gives(*MOVE).why == "done"
    place.world.require_sound()


def test_a_reader_who_is_kept_waiting_is_told_as_well(place: Place) -> None:
    with held(place, "LOCK TABLE person"):
        assert place.world.gives("list").why == "store-busy"
    assert place.world.gives("list").code == 0


def test_a_standby_is_read_and_not_written(place: Place) -> None:
    with (
        a_standby(place.server) as standby,
        closing(World(standby.uri(place.database), place.world.folder, begun=True)) as world,
    ):
        require_told(world, "store-read-only", *MOVE)
        assert world.gives("list").code == world.gives("next", "C-1").code == 0
    waits_for(place, "DEFAULT")


def test_a_commit_that_waits_for_a_standby_in_vain_is_said_to_be_unknown(place: Place) -> None:
    waits_for(place, "'nobody'")
    at_last = Timer(60, waits_for, [place, "DEFAULT"])  # it is then too late for the answer that is expected
    at_last.start()
    assert place.world.gives(*MOVE).why == "commit-unknown"
    at_last.cancel()
    waits_for(place, "DEFAULT")
    assert place.world.gives("check").code == 0


def waits_for(place: Place, standby: str) -> None:
    """Have the server wait for a standby at each commit."""
    place.server.run(f"ALTER SYSTEM SET synchronous_standby_names = {standby}")
    place.server.run("SELECT pg_reload_conf()")


def test_who_is_interrupted_while_waiting_for_a_lock_goes_at_once_and_leaves_nothing(place: Place) -> None:
    around = {**os.environ, **place.world.surroundings(), "SOCREKRY_BUSY_SECONDS": "600"}
    command, pipe = [sys.executable, "-m", "socrekry", *MOVE], subprocess.PIPE
    with (
        the_stores_lock(place),
        subprocess.Popen(command, env=around, stdout=pipe, stderr=pipe, text=True) as waiting,
    ):
        wait_for(lambda: place.server.run(WAITING, [place.database]))
        waiting.send_signal(signal.SIGINT)
        out, err = waiting.communicate(timeout=60)
        assert (waiting.returncode, out, err) == (ExitCode.INTERRUPTED, "", "Interrupted.\n")
        wait_for(lambda: not place.server.run(WAITING, [place.database]))
    assert place.world.gives(*MOVE).why == "done"


@contextmanager
def no_file_may_grow(world: World) -> Iterator[None]:
    size, (soft, hard) = os.path.getsize(world.location), resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def somebody_writing(world: World) -> Iterator[None]:
    with closing(sqlite3.connect(world.location, isolation_level=None)) as somebody:
        somebody.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def no_right_to_write(world: World) -> Iterator[None]:
    Path(world.location).chmod(0o444)
    with as_one_without_rights():
        yield
    Path(world.location).chmod(0o600)


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        (no_file_may_grow, "store-unwritable"),
        (somebody_writing, "store-busy"),
        (no_right_to_write, "store-read-only"),
    ],
)
def test_what_a_file_cannot_do_just_now_is_told_and_done_later(
    in_a_file: World, trouble: Callable[[World], AbstractContextManager[None]], code: str
) -> None:
    with trouble(in_a_file):
        require_told(in_a_file, code, *LONG)
    assert in_a_file.gives(*LONG).code == 0
    in_a_file.require_sound()
