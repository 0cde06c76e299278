"""`copy`, `backup` and `restore` say what went where, ask before replacing, and can be repeated."""

import json
import re
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from socrekry import locale
from socrekry.__main__ import main
from socrekry.cli import moving
from socrekry.cli.exits import ExitCode
from socrekry.services import copying
from socrekry.store import loading
from socrekry.store.connect import SCHEMA_VERSION
from socrekry.store.tables import Table
from tests.cli.conftest import Run, Screen
from tests.moving import TABLES, a_place, everything, run
from tests.tampering import tamper


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give a place with nothing in it, on each engine in turn."""
    return a_place(request.param, tmp_path)


@pytest.fixture
def backup(cli: Run, story: Path, tmp_path: Path) -> Path:
    """Give a backup of the story."""
    assert cli("backup", str(tmp_path / "backup.db")).code == 0
    return tmp_path / "backup.db"


class TestCopy:
    """A copy says where from and where to; one that was cut off says that it can go on."""

    def test_it_says_what_went_where(self, cli: Run, story: Path, place: str) -> None:
        code, out, err = cli("copy", str(story), place)
        assert (code, err) == (ExitCode.DONE, "")
        assert "The store is copied, and every row was compared." in out
        assert re.search(r"Candidacies +8\n", out)
        assert everything(place) == everything(str(story))

    def test_a_program_reads_the_same(self, cli: Run, story: Path, place: str) -> None:
        found = json.loads(cli("copy", str(story), place, "--format", "json").out)
        assert (found["from"], found["began"], found["verified"]) == (str(story), "new", True)
        assert (found["candidacies"], found["events"], found["tables"]["stay"]) == (8, 34, 16)
        assert (found["rows"], found["defects_found"]) == (sum(found["tables"].values()), 0)

    def test_a_store_named_by_db_is_left_alone(self, cli: Run, story: Path, tmp_path: Path) -> None:
        other, target = tmp_path / "other.db", tmp_path / "target.db"
        other.write_bytes(story.read_bytes())
        assert cli("copy", str(other), str(target), "--db", str(tmp_path / "nowhere.db")).code == 0
        assert not (tmp_path / "nowhere.db").exists()

    @pytest.mark.parametrize("lang", ["en", "sv"])
    def test_what_was_interrupted_can_be_given_again(
        self, cli: Run, story: Path, place: str, lang: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as broken:
            broken.setattr(loading, "load", _interrupted_at("candidacy", loading.load))
            code, _, err = cli("copy", str(story), place, "--lang", lang)
        assert (code, KEPT[lang] in err) == (ExitCode.INTERRUPTED, True)
        closed = cli("--db", place, "today", "--lang", lang)
        assert (closed.code, "socrekry copy" in closed.err) == (ExitCode.UNAVAILABLE, True)
        code, _, err = cli("copy", str(story), place)
        assert (code, "A copy was begun here: it goes on." in err) == (ExitCode.DONE, True)
        assert everything(place) == everything(str(story))

    def test_a_store_that_has_changed_meanwhile_is_copied_anew(
        self, cli: Run, story: Path, place: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as broken:
            broken.setattr(loading, "load", _interrupted_at("candidacy", loading.load))
            cli("copy", str(story), place)
        run(str(story), "UPDATE person SET phone = '070' WHERE id = 1")
        code, _, err = cli("copy", str(story), place)
        assert (code, "it is begun anew" in err) == (ExitCode.DONE, True)
        assert everything(place) == everything(str(story))

    def test_defects_of_the_source_are_told(self, cli: Run, story: Path, place: str) -> None:
        tamper(story, "UPDATE event SET recorded_at = '2025-01-01T12:00:00.000000Z'")
        code, out, _ = cli("copy", str(story), place)
        assert (code, "It has 8 defects, as the store that it comes from:" in out) == (ExitCode.DAMAGED, True)
        assert "C-1.1: The log was edited" in out

    def test_of_many_defects_it_says_how_many_are_shown(
        self, cli: Run, story: Path, place: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("socrekry.services.proving.TOLD", 3)
        tamper(story, "UPDATE event SET recorded_at = '2025-01-01T12:00:00.000000Z'")
        assert "3 of 8 are shown." in cli("copy", str(story), place).out

    @pytest.mark.parametrize(
        ("places", "code", "said"),
        [
            (("story.db", "story.db"), ExitCode.REFUSED, "copy-onto-itself"),
            (("nowhere.db", "x.db"), ExitCode.UNAVAILABLE, "store-not-found"),
            (("postgresql://anna:hemligt@db/x", "x.db"), ExitCode.USAGE, "password-in-view"),
            (("story.db", "postgresql://anna:hemligt@db/x"), ExitCode.USAGE, "password-in-view"),
            (("story.db", "mysql://db/x"), ExitCode.UNAVAILABLE, "engine-not-supported"),
            (("story.db", "."), ExitCode.UNAVAILABLE, "store-is-a-folder"),
        ],
    )
    def test_places_that_will_not_do(
        self, cli: Run, story: Path, places: tuple[str, str], code: int, said: str
    ) -> None:
        words = [each if "://" in each else str(story.parent / each) for each in places]
        done = cli("copy", *words, "--format", "json")
        assert (done.code, json.loads(done.err)["error"]["code"]) == (code, said)
        assert "hemligt" not in done.err


class TestBackup:
    """A nightly job gets an exit code and a document; a person is asked before a file is replaced."""

    def test_it_says_what_is_kept_where(self, cli: Run, story: Path, tmp_path: Path) -> None:
        code, out, err = cli("backup", str(tmp_path / "backup.db"))
        assert (code, err) == (ExitCode.DONE, "")
        assert "The backup is written, and was read from end to end." in out
        assert cli("--db", str(tmp_path / "backup.db"), "check").out == cli("check").out

    def test_a_program_reads_the_same(self, cli: Run, story: Path, tmp_path: Path) -> None:
        path = tmp_path / "backup.db"
        found = json.loads(cli("backup", str(path), "--format", "json").out)
        assert found == {
            "file": str(path),
            "store": str(story),
            "engine": "sqlite",
            "candidacies": 8,
            "events": 34,
            "bytes": path.stat().st_size,
            "verified": True,
            "defects_found": 0,
            "defects": [],
        }
        assert stat.S_IMODE(path.stat().st_mode) == 0o600

    def test_of_a_database_as_well(self, cli: Run, story: Path, tmp_path: Path) -> None:
        cli("copy", str(story), there := a_place("postgresql", tmp_path))
        found = json.loads(cli("--db", there, "backup", str(tmp_path / "b.db"), "--format", "json").out)
        assert (found["engine"], found["events"]) == ("postgresql", 34)
        assert everything(str(tmp_path / "b.db")) == everything(str(story))

    def test_a_script_does_not_replace_a_file_unasked(self, cli: Run, story: Path, backup: Path) -> None:
        before = backup.read_bytes()
        code, _, err = cli("backup", str(backup))
        assert (code, "--yes" in err, backup.read_bytes()) == (ExitCode.CANCELLED, True, before)
        assert cli("backup", str(backup), "--yes").code == ExitCode.DONE

    @pytest.mark.parametrize(("answer", "code"), [("n", ExitCode.CANCELLED), ("y", ExitCode.DONE)])
    def test_a_person_is_asked(
        self, backup: Path, person: Callable[..., Screen], answer: str, code: int
    ) -> None:
        backup.write_bytes(b"earlier")
        screen = person(answer)
        assert main(["backup", str(backup)]) == code
        assert "Replace it by a new backup? [y/N]" in screen.getvalue()
        assert (backup.read_bytes() == b"earlier") == (code == ExitCode.CANCELLED)

    def test_defects_are_told_and_end_in_seven(self, cli: Run, story: Path, tmp_path: Path) -> None:
        tamper(story, "DELETE FROM event WHERE candidacy_id = 4 AND seq = 3")
        code, out, _ = cli("backup", str(tmp_path / "b.db"), "--format", "json")
        assert (code, json.loads(out)["defects"][0]["candidacy"]) == (ExitCode.DAMAGED, "C-4.1")

    def test_what_failed_does_not_offer_to_go_on(self, cli: Run, story: Path, tmp_path: Path) -> None:
        code, _, err = cli("backup", str(tmp_path / "no" / "backup.db"))
        assert (code, "given again" in err) == (ExitCode.UNAVAILABLE, False)


class TestRestore:
    """What is in the way is replaced only by one who says so, and kept."""

    @pytest.mark.parametrize(("answer", "code"), [("", ExitCode.CANCELLED), ("ja", ExitCode.DONE)])
    def test_a_person_is_asked(
        self, cli: Run, story: Path, backup: Path, person: Callable[..., Screen], answer: str, code: int
    ) -> None:
        cli("note", "C-1", "Ringt")
        screen = person(answer)
        assert main(["restore", str(backup)]) == code
        assert "What is there now is kept beside it. [y/N]" in screen.getvalue()
        assert (everything(str(story)) == everything(str(backup))) == (code == ExitCode.DONE)

    def test_it_says_what_is_put_back_and_where_the_rest_is(
        self, cli: Run, story: Path, backup: Path
    ) -> None:
        cli("note", "C-1", "Ringt")
        code, out, err = cli("restore", str(backup), "--yes")
        assert (code, err, "The backup is put back." in out) == (ExitCode.DONE, "", True)
        assert f"{story}.before-restore-20261120T120000Z" in out
        assert everything(str(story)) == everything(str(backup))

    def test_a_program_reads_the_same(self, cli: Run, backup: Path, tmp_path: Path) -> None:
        place = str(tmp_path / "new.db")
        found = json.loads(cli("--db", place, "restore", str(backup), "--format", "json").out)
        held = {"candidacies": 8, "events": 34, "schema": SCHEMA_VERSION, "kept": None, "verified": True}
        assert found == held | {"file": str(backup), "store": place, "engine": "sqlite"}

    def test_a_script_does_not_replace_a_store_unasked(self, cli: Run, story: Path, backup: Path) -> None:
        before = story.read_bytes()
        code, _, err = cli("restore", str(backup))
        assert (code, "--yes" in err, story.read_bytes()) == (ExitCode.CANCELLED, True, before)

    def test_nobody_is_asked_about_a_file_that_is_no_backup(self, cli: Run, story: Path) -> None:
        (story.parent / "notes.txt").write_text("Ring Åsa")
        assert cli("restore", str(story.parent / "notes.txt")).code == ExitCode.DAMAGED
        assert cli("restore", str(story)).code == ExitCode.REFUSED
        assert cli("restore", str(story.parent / "nowhere.db")).code == ExitCode.USAGE

    def test_into_a_database_that_is_empty(self, cli: Run, story: Path, backup: Path, tmp_path: Path) -> None:
        place = a_place("postgresql", tmp_path)
        assert cli("--db", place, "restore", str(backup)).code == ExitCode.DONE
        assert everything(place) == everything(str(story))
        code, _, err = cli("--db", place, "restore", str(backup), "--yes")
        assert (code, "Make a new database" in err) == (ExitCode.REFUSED, True)

    def test_one_that_was_cut_off_goes_on(
        self, cli: Run, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        place = a_place("postgresql", tmp_path)
        with monkeypatch.context() as broken:
            broken.setattr(loading, "load", _interrupted_at("candidacy", loading.load))
            code, _, err = cli("--db", place, "restore", str(backup))
        assert (code, KEPT["en"] in err) == (ExitCode.INTERRUPTED, True)
        assert "it goes on" in cli("--db", place, "restore", str(backup)).err


def test_how_far_it_has_come_is_shown_to_a_person_who_waits(
    cli: Run, story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, person: Callable[..., Screen]
) -> None:
    screen = person()
    monkeypatch.setattr("socrekry.cli.progress.PATIENCE", 0)
    monkeypatch.setattr("socrekry.cli.progress.PACE", 0)
    with moving._shown(can_go_on=True) as watch:
        copying.copy(str(story), str(tmp_path / "target.db"), watch)
        watch.at("pages", 10_000, 20_000)
    shown = {line.strip() for line in screen.getvalue().split("\r")}
    rows = sum(len(rows) for table, rows in everything(str(story)).items() if table in TABLES)
    done = {f"Copied {rows} of {rows} rows", f"Compared {rows} of {rows} rows", "Checked 8 of 8 candidacies"}
    assert shown >= done
    assert "Copied 10 000 of 20 000 pages" in shown


def test_all_is_said_in_swedish_too(cli: Run, story: Path, tmp_path: Path) -> None:
    words = (("backup", str(tmp_path / "b.db")), ("copy", str(story), str(tmp_path / "c.db")))
    english = [cli(*each).out for each in words] + [cli("restore", str(tmp_path / "b.db"), "--yes").out]
    for each in tmp_path.glob("[bc].db"):
        each.unlink()
    swedish = [cli(*each, "--lang", "sv").out for each in words]
    swedish += [cli("restore", str(tmp_path / "b.db"), "--yes", "--lang", "sv").out]
    locale.use("en")
    pairs = zip(english, swedish, strict=True)
    assert [set(here.splitlines()) & set(there.splitlines()) for here, there in pairs] == [
        set(),
        set(),
        set(),
    ]


KEPT = {
    "en": "What was copied is kept: give the same command again, and it goes on from there.",
    "sv": "Det som har kopierats finns kvar: ge samma kommando igen, så fortsätter det därifrån.",
}


def _interrupted_at(name: str, load: Callable[..., None]) -> Callable[..., None]:
    """Return what loads rows until those of one table, at which somebody presses Ctrl-C."""

    def loaded(store: object, table: Table, rows: object) -> None:
        if table.name == name:
            raise KeyboardInterrupt
        load(store, table, rows)

    return loaded
