"""A backup is a whole store in a file of its own, or it is not there at all."""

import os
import sqlite3
import stat
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from socrekry.domain.errors import InvalidInput, Refused, SocrekryError, StoreDamaged, StoreUnavailable
from socrekry.services.backups import back_up
from socrekry.services.checking import check
from socrekry.services.copying import copy
from socrekry.services.notes import note
from socrekry.store import network_disks
from socrekry.store.connect import open_store
from socrekry.store.sqlite import pages as sqlite_pages
from tests.builders import TODAY
from tests.moving import a_full_story, a_place, a_sound_story, everything, run
from tests.stories import a_story, writing_to
from tests.tampering import tamper


@pytest.fixture(params=["sqlite", "postgresql"])
def source(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give a whole store on each engine in turn."""
    story = str(a_sound_story(tmp_path))
    if request.param == "postgresql":
        copy(story, there := a_place("postgresql", tmp_path))
        return there
    return story


def names_in(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()} - {"story.db"}


def test_a_backup_is_a_store_with_all_that_was_in_it(source: str, tmp_path: Path) -> None:
    done = back_up(source, str(tmp_path / "backup.db"))
    assert everything(done.file) == everything(source)
    assert (done.holds, done.findings.number, done.size) == ((8, 34), 0, os.path.getsize(done.file))
    with open_store(done.file, writing=False) as store:
        assert check(store).found == 0


def test_it_is_its_users_alone_whatever_the_umask(source: str, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        back_up(source, str(tmp_path / "backup.db"))
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "backup.db").stat().st_mode) == 0o600
    assert names_in(tmp_path) == {"backup.db"}


def test_every_odd_row_is_in_it(tmp_path: Path) -> None:
    story = str(a_full_story(tmp_path))
    assert everything(back_up(story, str(tmp_path / "backup.db")).file) == everything(story)


def test_an_earlier_backup_is_replaced_only_when_it_may_be(source: str, tmp_path: Path) -> None:
    path = tmp_path / "backup.db"
    path.write_bytes(b"earlier")
    with pytest.raises(Refused) as raised:
        back_up(source, str(path))
    assert (raised.value.code, path.read_bytes()) == ("file-exists", b"earlier")
    assert everything(back_up(source, str(path), replace=True).file) == everything(source)


def test_a_store_of_an_older_schema_is_kept_as_it_is(tmp_path: Path) -> None:
    story = a_story(tmp_path)
    tamper(story, "UPDATE alembic_version SET version_num = '0001'", "DROP TABLE unit_access")
    done = back_up(str(story), str(tmp_path / "backup.db"))
    assert (done.holds, run(done.file, "SELECT version_num FROM alembic_version")) == ((8, 34), [("0001",)])


def test_it_may_lie_on_a_disk_of_the_network_where_no_store_may(
    source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "share").mkdir()
    monkeypatch.setattr(network_disks, "kind_of", lambda path: "nfs" if "share" in path else None)
    done = back_up(source, str(tmp_path / "share" / "backup.db"))
    assert everything(done.file) == everything(source)
    with pytest.raises(StoreUnavailable, match="network-disk"):
        copy(source, str(tmp_path / "share" / "store.db"))


class TestRefused:
    """Whatever stands in the way is told before anything is written."""

    @pytest.mark.parametrize("place", ["postgresql://anna@db/x", ".", os.devnull])
    def test_what_is_no_file(self, tmp_path: Path, place: str) -> None:
        with pytest.raises(InvalidInput) as raised:
            back_up(str(a_story(tmp_path)), place if place != "." else str(tmp_path), replace=True)
        assert raised.value.code == "file-needed"

    def test_the_store_itself_also_by_another_name(self, tmp_path: Path) -> None:
        story = a_story(tmp_path)
        (tmp_path / "link.db").symlink_to(story)
        for name in ("story.db", "link.db"):
            with pytest.raises(Refused, match="backup-onto-itself"):
                back_up(str(story), str(tmp_path / name), replace=True)

    @pytest.mark.parametrize("source", ["nowhere.db", "notes.txt", "newer.db"])
    def test_a_source_that_is_no_store_of_ours(self, tmp_path: Path, source: str) -> None:
        (tmp_path / "notes.txt").write_text("Ring Åsa")
        tamper(
            a_story(tmp_path).rename(tmp_path / "newer.db"), "UPDATE alembic_version SET version_num = '0999'"
        )
        codes = {"nowhere.db": "store-not-found", "notes.txt": "not-a-store", "newer.db": "store-newer"}
        with pytest.raises(SocrekryError) as raised:
            back_up(str(tmp_path / source), str(tmp_path / "backup.db"))
        assert raised.value.code == codes[source]
        assert not (tmp_path / "backup.db").exists()

    def test_a_folder_that_is_not_there(self, source: str, tmp_path: Path) -> None:
        with pytest.raises(StoreUnavailable) as raised:
            back_up(source, str(tmp_path / "no" / "backup.db"))
        assert (raised.value.code, names_in(tmp_path)) == ("place-unwritable", set())

    @pytest.mark.parametrize("ending", ["-journal", "-wal"])
    def test_a_place_where_a_journal_was_left_behind(self, source: str, tmp_path: Path, ending: str) -> None:
        (tmp_path / f"backup.db{ending}").write_text("of another file")
        with pytest.raises(Refused, match="journal-beside"):
            back_up(source, str(tmp_path / "backup.db"))


class TestDamaged:
    """A store with defects is kept as it is and told so; a sound backup of it is worth more."""

    def test_defects_of_the_logs_come_along(self, source: str, tmp_path: Path) -> None:
        tamper(source, "DELETE FROM event WHERE candidacy_id = 4 AND seq = 3")
        done = back_up(source, str(tmp_path / "backup.db"))
        assert [(each.candidacy, each.code) for each in done.findings.defects] == [("C-4.1", "log-cut")]

    def test_a_trigger_that_is_gone_is_told_before_a_restore_is_needed(self, tmp_path: Path) -> None:
        story = a_story(tmp_path)
        run(str(story), "DROP TRIGGER event_no_update")
        (defect,) = back_up(str(story), str(tmp_path / "backup.db")).findings.defects
        assert (defect.code, defect.details["name"]) == ("schema-part-missing", "event_no_update")

    def test_of_a_store_without_one_of_its_tables_there_is_none(self, source: str, tmp_path: Path) -> None:
        run(source, "DROP TABLE tag")
        with pytest.raises(StoreDamaged) as raised:
            back_up(source, str(tmp_path / "backup.db"))
        assert (raised.value.code, raised.value.details["part"]) == ("store-incomplete", "tag")

    def test_no_earlier_backup_is_replaced_by_them(self, source: str, tmp_path: Path) -> None:
        path = tmp_path / "backup.db"
        back_up(source, str(path))
        before = path.read_bytes()
        tamper(source, "DELETE FROM event WHERE candidacy_id = 4 AND seq = 3")
        with pytest.raises(StoreDamaged) as raised:
            back_up(source, str(path), replace=True)
        assert (raised.value.code, raised.value.details["found"]) == ("backup-of-defects", 1)
        assert (path.read_bytes(), names_in(tmp_path)) == (before, {"backup.db"})

    def test_of_a_file_with_a_ruined_page_there_is_no_backup(self, tmp_path: Path) -> None:
        story = a_story(tmp_path)
        with story.open("rb+") as file:
            file.seek(4096 * 30)
            file.write(b"\xff" * 4096)
        with pytest.raises(StoreDamaged) as raised:
            back_up(str(story), str(tmp_path / "backup.db"))
        assert (raised.value.code, raised.value.details["store"]) == ("store-damaged", str(story))
        assert names_in(tmp_path) == set()


class TestWhileOthersWrite:
    """Somebody at work is not held up, and what she writes is in the backup whole or not at all."""

    def test_a_backup_is_whole_and_nobody_was_refused(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sqlite_pages, "AT_A_TIME", 5)
        story, over, written = a_story(tmp_path), threading.Event(), list[int]()

        def at_work() -> None:
            while not over.is_set():
                with writing_to(story, "note") as w:
                    note(w, "C-1", "Ringt", TODAY)
                written.append(1)

        worker = threading.Thread(target=at_work)
        worker.start()
        while not written:
            time.sleep(0.01)
        done = back_up(str(story), str(tmp_path / "backup.db"))
        over.set()
        worker.join()
        with open_store(done.file, writing=False) as store:
            assert check(store).found == 0
        ((commands,),) = run(done.file, "SELECT COUNT(*) FROM command WHERE name = 'note'")
        assert 0 < commands <= len(written)

    def test_who_writes_again_and_again_waits_in_the_end(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sqlite_pages, "AT_A_TIME", 5)
        story, backup, waited = a_story(tmp_path), tmp_path / "backup.db", list[int]()

        def told(done: int, of: int) -> None:
            with closing(sqlite3.connect(story, timeout=0, isolation_level=None)) as other:
                try:
                    other.execute(f"UPDATE unit SET employer = '{done}' WHERE id = 1")
                except sqlite3.OperationalError:
                    waited.append(done)

        backup.touch()
        sqlite_pages.copy_file(str(story), str(backup), told)
        assert waited
        assert everything(str(backup)) == everything(str(story))
