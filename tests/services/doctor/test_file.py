"""A store in a file: each thing that can be wrong with its place is found, and nothing there is touched."""

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from socrekry.domain.errors import SocrekryError
from socrekry.services.doctor import file as room
from socrekry.services.doctor.file import disk, engine, journal, of_file, rights, space
from socrekry.services.doctor.findings import Finding, Surroundings
from socrekry.store import network_disks
from socrekry.store.connect import open_store
from tests.stories import a_story, writing_to

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
GB = 1_000_000_000


def examined(path: Path) -> tuple[dict[str, Finding], SocrekryError | None]:
    found, error = of_file(Surroundings(str(path), "--db", "none", "en", "utf-8", NOW))
    return {finding.code: finding for finding in found}, error


def left(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Return everything in a folder, with when it was last changed."""
    return {each.name: (each.read_bytes(), each.stat().st_mtime_ns) for each in sorted(folder.iterdir())}


def bad(found: dict[str, Finding]) -> list[str]:
    return [code for code, finding in found.items() if finding.verdict == "bad"]


def test_of_a_good_store_nothing_is_bad_and_nothing_is_touched(tmp_path: Path) -> None:
    path = a_story(tmp_path)
    before = left(tmp_path)
    found, error = examined(path)
    assert (bad(found), error, left(tmp_path)) == ([], None, before)
    assert found["contents"].details == {
        "candidacies": 8,
        "events": 34,
        "size_bytes": path.stat().st_size,
    }
    assert {"sqlite", "disk", "space", "file-rights", "journal-rollback", "schema", "clock"} <= set(found)


def nothing(path: Path) -> None:
    path.unlink()


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def another_file(path: Path) -> None:
    path.write_bytes(b"name;email\n" * 999)


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def of_version(version: str) -> Callable[[Path], None]:
    def changed(path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("UPDATE alembic_version SET version_num = ?", (version,))

    return changed


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        (nothing, "store-not-found"),
        (a_folder, "store-is-a-folder"),
        (another_file, "not-a-store"),
        (cut_off, "store-damaged"),
        (of_version("0999"), "store-newer"),
        (of_version("0002"), "store-needs-migration"),
        (of_version("half-copied 0003"), "store-half-copied"),
    ],
)
def test_what_keeps_a_store_from_being_opened_is_told_beside_the_rest(
    tmp_path: Path, harm: Callable[[Path], None], code: str
) -> None:
    path = a_story(tmp_path)
    harm(path)
    found, error = examined(path)
    assert (bad(found), error.code if error else "") == ([code], code)
    assert {"sqlite", "disk", "space"} <= set(found)
    assert path.exists() == (code != "store-not-found")


@pytest.mark.parametrize("mode", [0o644, 0o660, 0o604])
def test_a_store_that_others_can_read_is_told(tmp_path: Path, mode: int) -> None:
    path = a_story(tmp_path)
    path.chmod(mode)
    found, _ = examined(path)
    assert found["file-open"].details == {"path": str(path), "mode": f"{mode:03o}"}
    assert bad(found) == ["file-open"]


def test_so_is_a_journal_that_others_can_read(tmp_path: Path) -> None:
    path = a_story(tmp_path)
    beside = path.with_name("story.db-journal")
    beside.touch(0o644)
    assert [each.details["path"] for each in rights(str(path))] == [str(beside)]


def test_a_folder_in_which_others_may_put_another_store_is_told(tmp_path: Path) -> None:
    path = a_story(tmp_path)
    tmp_path.chmod(0o777)
    assert bad(examined(path)[0]) == ["folder-open"]
    tmp_path.chmod(0o1777)  # as a folder for everybody is: what is there stays its owner's
    assert bad(examined(path)[0]) == []


def test_a_store_of_somebody_elses_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = a_story(tmp_path)
    monkeypatch.setattr(os, "geteuid", lambda: 4_000_000_000)
    (found,) = rights(str(path))
    assert (found.code, found.verdict) == ("file-foreign", "look")


def test_a_store_that_may_only_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = a_story(tmp_path)
    monkeypatch.setattr(os, "access", lambda _path, mode: mode != os.W_OK)
    assert [(each.code, each.verdict) for each in rights(str(path))] == [("file-read-only", "look")]


@pytest.mark.parametrize(
    ("free", "size", "code", "verdict"),
    [
        (100 * GB, GB, "space", "good"),
        (4 * GB, GB, "space-scarce", "look"),
        (GB, GB, "space-short", "bad"),
        (GB, 100_000, "space", "good"),
        (100_000_000, 100_000, "space-scarce", "look"),
        (10_000_000, 100_000, "space-short", "bad"),
    ],
)
def test_the_room_that_is_left_is_held_against_what_a_change_may_need(
    free: int, size: int, code: str, verdict: str
) -> None:
    assert space(free, size)[:2] == (code, verdict)


@pytest.mark.parametrize(
    ("wal", "version", "code", "verdict"),
    [
        (False, (3, 40, 1), "journal-rollback", "good"),
        (True, (3, 51, 3), "journal-wal", "good"),
        (True, (3, 51, 2), "journal-wal-unsafe", "bad"),
    ],
)
def test_wal_is_good_from_the_version_that_does_not_lose_it(
    wal: bool, version: tuple[int, ...], code: str, verdict: str
) -> None:
    assert journal(wal=wal, version=version, path="x.db")[:2] == (code, verdict)


def test_a_store_in_wal_mode_is_found_by_its_header_and_left_alone(tmp_path: Path) -> None:
    path = a_story(tmp_path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    before = left(tmp_path)
    assert set(examined(path)[0]) & {"journal-wal", "journal-wal-unsafe"}
    assert left(tmp_path) == before


def test_what_is_said_of_every_change_is_what_a_writing_store_does(tmp_path: Path) -> None:
    path = a_story(tmp_path)
    with open_store(str(path), writing=True) as store:
        assert store.engine_rows("PRAGMA synchronous") == [(2,)]
        assert store.engine_rows("PRAGMA journal_mode") == [("delete",)]
    assert examined(path)[0]["journal-rollback"].details["synchronous"] == "FULL"


@pytest.mark.parametrize(("version", "verdict"), [((3, 36, 0), "bad"), ((3, 37, 0), "good")])
def test_a_library_that_cannot_read_the_tables_is_told(version: tuple[int, ...], verdict: str) -> None:
    assert engine(version).verdict == verdict


@pytest.mark.parametrize(
    ("kind", "said", "code", "verdict"),
    [
        ("ext4", "", "disk", "good"),
        ("9p", "", "disk-unclear", "look"),
        ("nfs4", "", "network-disk", "bad"),
        ("nfs4", "allow", "network-disk-allowed", "look"),
    ],
)
def test_the_disk_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, said: str, code: str, verdict: str
) -> None:
    table = (
        f"27 1 254:0 / / rw - ext4 /dev/vda rw\n99 27 0:9 / {os.path.realpath(tmp_path)} rw - {kind} x rw\n"
    )
    monkeypatch.setattr(network_disks, "mounts", table.encode)
    monkeypatch.setenv("SOCREKRY_NETWORK_DISK", said)
    found = disk(str(tmp_path / "x.db"))
    assert (found.code, found.verdict, found.details["kind"]) == (code, verdict, kind)


def test_a_store_on_a_disk_of_the_network_is_read_and_its_error_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = a_story(tmp_path)
    table = f"99 27 0:9 / {os.path.realpath(tmp_path)} rw - nfs4 x rw\n"
    monkeypatch.setattr(network_disks, "mounts", table.encode)
    found, error = examined(path)
    assert (bad(found), error.code if error else "") == (["network-disk"], "network-disk")
    assert found["contents"].details["candidacies"] == 8


def test_drafts_are_told_when_nobody_can_still_be_at_work_on_them(tmp_path: Path) -> None:
    path = a_story(tmp_path)
    old, new = path.with_name("story.db.0badcafe.new"), path.with_name("story.db.1badcafe.part")
    other = path.with_name("other.db.0badcafe.new")
    for draft in (old, new, other):
        draft.touch()
    for draft in (old, other):
        os.utime(draft, (time.time() - 7_200,) * 2)
    assert examined(path)[0]["drafts"].details["paths"] == [str(old)]


WRITER = """
import sys
from socrekry.store.connect import open_store
with open_store(sys.argv[1], writing=True) as store, store.transaction():
    if sys.argv[2:]:
        store.engine_rows("PRAGMA cache_size = 1")
        store.engine_rows("PRAGMA cache_spill = 1")
    for person in (1, 2):
        store.write("person.drop_tags", person=person)
    print("writing", flush=True)
    sys.stdin.read()
"""


def begun(path: Path, *spilling: str) -> "subprocess.Popen[str]":
    """Return a process in the middle of a transaction."""
    command = [sys.executable, "-c", WRITER, str(path), *spilling]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "writing\n"
    return process


def test_somebody_who_is_writing_is_no_fault(tmp_path: Path) -> None:
    path = a_story(tmp_path)
    with begun(path) as writer:
        found, error = examined(path)
        writer.kill()
    assert (bad(found), error, found["journal-in-use"].verdict) == ([], None, "good")


def test_what_a_killed_process_left_is_told_and_left_to_the_next_command(tmp_path: Path) -> None:
    path = a_story(tmp_path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany("INSERT INTO tag VALUES (2, ?)", [(f"{n:059}",) for n in range(2_000)])
    with begun(path, "spilling") as writer:
        writer.kill()
    before = left(tmp_path)
    found, error = examined(path)
    assert (bad(found), error, found["journal-hot"].verdict) == ([], None, "look")
    assert left(tmp_path) == before
    with writing_to(path):  # it is as the finding says: the next command takes it back
        pass
    assert "journal-hot" not in examined(path)[0]


def test_one_who_keeps_the_file_to_herself_is_not_waited_for_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = a_story(tmp_path)
    monkeypatch.setattr(room, "_WAITED", 10)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        found, error = examined(path)
    assert (bad(found), error.code if error else "") == (["store-busy"], "store-busy")
