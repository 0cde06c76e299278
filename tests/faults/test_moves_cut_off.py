"""Whatever cuts a copy, a backup or a restore off, nothing half-done can be taken for a whole one.

A copy goes on when it is given again; of a backup nothing is left; a restore leaves one store or the other.
"""

import os
import resource
import signal
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from socrekry.cli.exits import ExitCode
from socrekry.domain.errors import StoreUnavailable
from socrekry.services.checking import check
from socrekry.services.copying import copy
from socrekry.store.connect import open_store, version_at
from tests.doors import Door, Fate
from tests.full_disks import a_full_table
from tests.moving import DIES, a_full_story, a_place, a_sound_story, everything, killed, run
from tests.rounds import rounds
from tests.servers import Server
from tests.stories import a_story

ENGINES = ("sqlite", "postgresql")
MOMENTS = [("within", 1), ("within", 90), ("copied", 1), ("copied", 150), ("compared", 60), ("followed", 8)]
RESTORES = """
import os, sys
from datetime import UTC, datetime
from socrekry.services import restoring, watching
from socrekry.store.sqlite import pages as sqlite_pages

file, store, after = *sys.argv[1:3], int(sys.argv[3])
sqlite_pages.AT_A_TIME = 1

class Watch(watching.Watch):
    def at(self, stage, done, of):
        if stage == "pages" and done >= after:
            os.kill(os.getpid(), 9)

restoring.restore(restoring.backup_at(file, store), store, datetime.now(UTC), Watch())
"""


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("stage", "after"), MOMENTS)
def test_a_copy_that_was_killed_goes_on(tmp_path: Path, engine: str, stage: str, after: int) -> None:
    story, target = str(a_full_story(tmp_path)), a_place(engine, tmp_path)
    killed(DIES, story, target, stage, after)
    assert closed_with(target) == "store-half-copied"
    assert copy(story, target).how == "resumed"
    assert everything(target) == everything(story)


@pytest.mark.parametrize("engine", ENGINES)
def test_it_may_be_killed_again_and_again(tmp_path: Path, engine: str) -> None:
    story, target = str(a_full_story(tmp_path)), a_place(engine, tmp_path)
    for _ in range(rounds(40, brief=3)):
        killed(DIES, story, target, "within", 40)
    copy(story, target)
    assert everything(target) == everything(story)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE unit SET name = 'Vuxna' WHERE id = 2",
        "DELETE FROM staff_role WHERE staff_id = 2",
        "INSERT INTO unit (name, child_and_youth, search_key) VALUES ('Ny', 0, 'ny')",
    ],
)
def test_what_changed_in_between_comes_over_as_it_is_now(tmp_path: Path, engine: str, change: str) -> None:
    story, target = str(a_full_story(tmp_path)), a_place(engine, tmp_path)
    killed(DIES, story, target, "copied", 200)
    run(story, change)
    assert copy(story, target).how == ("resumed" if change.startswith("INSERT") else "anew")
    assert everything(target) == everything(story)


@pytest.mark.parametrize("engine", ENGINES)
def test_another_source_is_not_mixed_with_the_first(tmp_path: Path, engine: str) -> None:
    story, target = str(a_full_story(tmp_path)), a_place(engine, tmp_path)
    killed(DIES, story, target, "copied", 200)
    (tmp_path / "other").mkdir()
    other = str(a_sound_story(tmp_path / "other"))
    assert copy(other, target).how == "anew"
    assert everything(target) == everything(other)
    with open_store(target, writing=False) as store:
        assert check(store).found == 0


@pytest.mark.parametrize("engine", ENGINES)
def test_what_another_version_began_is_not_gone_on_with(tmp_path: Path, engine: str) -> None:
    story, target = str(a_full_story(tmp_path)), a_place(engine, tmp_path)
    killed(DIES, story, target, "copied", 200)
    run(target, "UPDATE alembic_version SET version_num = 'half-copied 0001'")
    with pytest.raises(Exception, match="target-not-empty"):
        copy(story, target)
    assert closed_with(target) == "store-half-copied"


@pytest.mark.parametrize(("word", "fate"), [(b"COPY", Fate.NEVER_HEARD), (b"COMMIT", Fate.CARRIED_OUT)])
def test_a_server_that_goes_away_is_told_and_the_copy_goes_on(
    server: Server, door: Door, tmp_path: Path, word: bytes, fate: Fate
) -> None:
    story, database = str(a_full_story(tmp_path)), tmp_path.name.strip("_").lower()
    server.run(f"CREATE DATABASE {database} TEMPLATE template0")
    door.cut_at(word, fate)
    with pytest.raises(StoreUnavailable) as raised:
        copy(story, door.uri(database))
    assert raised.value.code in ("connection-lost", "commit-unknown")
    copy(story, door.uri(database))
    assert everything(server.uri(database)) == everything(story)


def test_a_server_whose_disk_is_full_is_told_and_the_copy_goes_on(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    story, target = str(a_full_story(tmp_path)), server.uri("filled")
    server.run("CREATE DATABASE filled TEMPLATE template0")
    killed(DIES, story, target, "copied", 60)
    with a_full_table(server, "filled", "event"), pytest.raises(StoreUnavailable) as raised:
        copy(story, target)
    assert raised.value.code == "store-full"
    assert copy(story, target).how == "resumed"
    assert everything(target) == everything(story)


class TestAFileThatMayNotGrow:
    """A limit on the size of files stands in for a full disk."""

    def test_a_copy_is_told_so_and_goes_on_when_there_is_room(self, tmp_path: Path) -> None:
        story, target = str(a_story(tmp_path)), tmp_path / "target.db"
        done = limited(300_000, "copy", story, str(target), "--format", "json")
        assert done.returncode == ExitCode.UNAVAILABLE, done.stderr
        if target.exists():
            assert closed_with(str(target)) == "store-half-copied"
        copy(story, str(target))
        assert everything(str(target)) == everything(story)

    @pytest.mark.parametrize("limit", [0, 4096, 100_000, 300_000])
    def test_nothing_is_left_of_a_backup(self, tmp_path: Path, limit: int) -> None:
        story = a_story(tmp_path)
        before = story.read_bytes()
        done = limited(limit, "--db", str(story), "backup", str(tmp_path / "backup.db"))
        assert done.returncode == ExitCode.UNAVAILABLE, done.stderr
        assert ([each.name for each in tmp_path.iterdir()], story.read_bytes()) == (["story.db"], before)

    def test_an_earlier_backup_stays_as_it_was(self, tmp_path: Path) -> None:
        story, backup = a_story(tmp_path), tmp_path / "backup.db"
        backup.write_bytes(b"earlier")
        done = limited(100_000, "--db", str(story), "backup", str(backup), "--yes")
        assert (done.returncode, backup.read_bytes()) == (ExitCode.UNAVAILABLE, b"earlier")

    def test_a_store_stays_as_it_was_when_a_larger_one_does_not_fit(self, tmp_path: Path) -> None:
        store, backup = a_story(tmp_path), tmp_path / "larger.db"
        with closing(sqlite3.connect(store)) as kept, closing(sqlite3.connect(backup)) as larger:
            kept.backup(larger)
            larger.execute("UPDATE pipeline SET source = source || hex(zeroblob(100000))")
            larger.commit()
        before = everything(str(store))
        done = limited(store.stat().st_size + 8192, "--db", str(store), "restore", str(backup), "--yes")
        assert done.returncode == ExitCode.UNAVAILABLE, done.stderr
        assert everything(str(store)) == before


@pytest.mark.parametrize("after", [1, 20, 60])
def test_a_restore_that_is_killed_leaves_the_store_there_was(tmp_path: Path, after: int) -> None:
    (tmp_path / "other").mkdir()
    store, backup = a_full_story(tmp_path), a_story(tmp_path / "other")
    before = everything(str(store))
    killed(RESTORES, backup, store, after)
    assert everything(str(store)) == before
    (kept,) = tmp_path.glob("story.db.before-restore-*[0-9Z]")
    assert (everything(str(kept)), stat.S_IMODE(kept.stat().st_mode)) == (before, 0o600)


def closed_with(location: str) -> str:
    """Return the code with which a store is closed to everybody."""
    with pytest.raises(StoreUnavailable) as raised:
        version_at(location)
    return raised.value.code


def limited(size: int, *words: str) -> "subprocess.CompletedProcess[str]":
    """Run a command line that can make no file larger than that."""

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    command = [sys.executable, "-m", "socrekry", *words]
    return subprocess.run(
        command,
        preexec_fn=limit,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env=os.environ | {"SOCREKRY_CONFIG": os.devnull + ".toml"},
    )
