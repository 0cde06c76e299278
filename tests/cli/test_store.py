"""`check` says whose log was meddled with and what to do, and `migrate` brings an older store along."""

import ast
import csv
import json
import re
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from socrekry import locale
from socrekry.cli.exits import ExitCode
from socrekry.cli.store import _shown
from socrekry.render.checks import _SENTENCES, remedy, sentence
from socrekry.services import upgrading
from socrekry.services.chains import Defect
from socrekry.store import connect, migrate
from socrekry.store.connect import SCHEMA_VERSION
from socrekry.store.soundness import postgresql as postgresql_soundness
from socrekry.store.soundness import sqlite as sqlite_soundness
from tests.cli.conftest import Run, Screen
from tests.store.test_migrate import GOOD, scripts_with
from tests.stories import a_story, a_story_on_postgresql
from tests.tampering import tamper, tamper_thoroughly

SERVICES = Path(upgrading.__file__).parent


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = a_story(tmp_path)
    monkeypatch.setenv("SOCREKRY_DB", str(path))
    return path


class TestCheck:
    """A whole store is told in a line; a defect by its candidacy, its place and its remedy."""

    def test_a_whole_store_is_told_in_a_line(self, cli: Run, story: Path) -> None:
        assert cli("check") == (ExitCode.DONE, "8 candidacies, 34 events: no defects\n", "")

    def test_a_defect_names_the_candidacy_and_what_to_do(self, cli: Run, story: Path) -> None:
        tamper(story, "DELETE FROM event WHERE candidacy_id = 4 AND seq = 3")
        code, out, err = cli("check")
        assert (code, err) == (ExitCode.DAMAGED, "")
        assert "8 candidacies, 33 events: 1 defect" in out
        assert "C-4.1: The log was cut off at the end: entries 3 are gone." in out
        assert "Compare with a backup" in out

    def test_a_program_reads_the_same(self, cli: Run, story: Path) -> None:
        tamper(story, "UPDATE candidacy SET stage = 'offer' WHERE id = 2")
        code, out, _ = cli("check", "--format", "json")
        found = json.loads(out)
        assert (code, found["defects_found"], found["mended"]) == (ExitCode.DAMAGED, 1, 0)
        (defect,) = found["defects"]
        assert (defect["candidacy"], defect["code"], defect["mendable"]) == ("C-2.1", "cache-differs", True)
        assert defect["details"] == {"table": "candidacy", "columns": ["stage"]}
        assert "check --repair" in defect["remedy"]

    def test_defects_are_rows_of_a_table(self, cli: Run, story: Path) -> None:
        tamper(story, "UPDATE candidacy SET rank = 7 WHERE id < 3")
        rows = list(csv.DictReader(cli("check", "--format", "csv").out.splitlines()))
        assert [(row["candidacy"], row["code"]) for row in rows] == [
            ("C-1.1", "cache-differs"),
            ("C-2.1", "cache-differs"),
        ]

    def test_a_repair_says_what_it_mended_and_leaves_nothing(self, cli: Run, story: Path) -> None:
        tamper(story, "UPDATE candidacy SET stage = 'offer' WHERE id = 2")
        code, out, _ = cli("check", "--repair")
        assert (code, "Mended: 1 thing" in out, "C-2.1" in out) == (ExitCode.DONE, True, True)
        assert cli("check").out == "8 candidacies, 34 events: no defects\n"

    def test_a_repair_that_leaves_a_defect_says_so(self, cli: Run, story: Path) -> None:
        tamper(story, "UPDATE candidacy SET stage = 'offer' WHERE id = 2", "UPDATE cohort SET seats = 0")
        code, out, _ = cli("check", "--repair", "--format", "json")
        found = json.loads(out)
        assert (code, found["mended"], found["defects_found"]) == (ExitCode.DAMAGED, 1, 1)

    def test_a_store_that_is_not_there_is_not_made_to_be_found_whole(self, cli: Run, tmp_path: Path) -> None:
        code, out, err = cli("--db", str(tmp_path / "nowhere.db"), "check")
        assert (code, out) == (ExitCode.UNAVAILABLE, "")
        assert "There is no store" in err
        assert not (tmp_path / "nowhere.db").exists()

    def test_a_file_too_damaged_to_open_is_told_with_what_helps(self, cli: Run, story: Path) -> None:
        story.write_bytes(story.read_bytes()[:5000])
        code, _, err = cli("check")
        assert (code, "is damaged" in err, "backup" in err) == (ExitCode.DAMAGED, True, True)

    def test_all_is_said_in_swedish_too(self, cli: Run, story: Path) -> None:
        tamper(story, "UPDATE candidacy SET rank = 7")
        out = cli("check", "--lang", "sv").out
        assert "kandidaturer" in out
        locale.use("en")


class TestCheckOnAServer:
    """A shared store is checked, mended and compared in the same words; by one who sees all of it."""

    @pytest.fixture
    def shared(self, monkeypatch: pytest.MonkeyPatch) -> str:
        place = a_story_on_postgresql()
        monkeypatch.setenv("SOCREKRY_DB", place)
        return place

    def test_what_was_found_is_mended_and_then_nothing_is(self, cli: Run, shared: str) -> None:
        tamper(shared, "UPDATE candidacy SET stage = 'offer' WHERE id = 2")
        code, out, _ = cli("check")
        assert (code, "C-2.1: What is kept of it differs" in out) == (ExitCode.DAMAGED, True)
        assert "Mended: 1 thing" in cli("check", "--repair").out
        assert cli("check") == (ExitCode.DONE, "8 candidacies, 34 events: no defects\n", "")

    def test_a_guard_that_is_switched_off_is_told_with_what_helps(self, cli: Run, shared: str) -> None:
        tamper(shared, "ALTER TABLE event DISABLE TRIGGER event_no_change")
        code, out, _ = cli("check")
        assert (code, "event_no_change, which guards event, is switched off." in out) == (7, True)
        assert "ALTER TABLE event ENABLE TRIGGER ALL" in out

    def test_heads_are_written_and_compared(self, cli: Run, shared: str, tmp_path: Path) -> None:
        file = str(tmp_path / "heads.csv")
        assert "8 heads were written." in cli("check", "--heads", file).out
        tamper_thoroughly(shared, 4, "UPDATE event SET command_id = 1 WHERE candidacy_id = 4")
        assert cli("check").code == ExitCode.DONE
        code, out, _ = cli("check", "--against", file)
        assert (code, "C-4.1: Entry 3 of the log is not the one it was." in out) == (ExitCode.DAMAGED, True)

    @pytest.mark.parametrize("how", [[], ["--repair"]])
    def test_one_who_sees_a_part_is_told_who_may_check(
        self, cli: Run, shared: str, monkeypatch: pytest.MonkeyPatch, how: list[str]
    ) -> None:
        tamper(
            shared,
            "DO $$ BEGIN CREATE ROLE doctor_half LOGIN; "
            "EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$",
            "GRANT SELECT ON ALL TABLES IN SCHEMA public TO doctor_half",
            "REVOKE SELECT ON remark FROM doctor_half",
        )
        monkeypatch.setenv("SOCREKRY_DB", shared.replace("//postgres:", "//doctor_half:"))
        code, out, err = cli("check", *how)
        assert (code, out) == (ExitCode.UNAVAILABLE, "")
        assert "doctor_half does not see all of the store" in err
        assert "Let its owner check it: postgres" in err


class TestHeads:
    """Heads are written for a whole store only, for their owner only, and compared line by line."""

    def test_what_was_written_is_as_it_was(self, cli: Run, story: Path, tmp_path: Path) -> None:
        file = tmp_path / "heads.csv"
        code, out, _ = cli("check", "--heads", str(file))
        assert (code, "8 heads were written." in out) == (ExitCode.DONE, True)
        assert file.read_text().splitlines()[0] == "candidacy,seq,hash"
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert cli("check", "--against", str(file)).code == ExitCode.DONE

    def test_a_log_computed_anew_is_found(self, cli: Run, story: Path, tmp_path: Path) -> None:
        file = str(tmp_path / "heads.csv")
        cli("check", "--heads", file)
        tamper_thoroughly(story, 4, "UPDATE event SET command_id = 1 WHERE candidacy_id = 4")
        assert cli("check").code == ExitCode.DONE
        code, out, _ = cli("check", "--against", file)
        assert (code, "C-4.1: Entry 3 of the log is not the one it was." in out) == (ExitCode.DAMAGED, True)

    def test_a_store_with_defects_has_no_heads(self, cli: Run, story: Path, tmp_path: Path) -> None:
        tamper(story, "UPDATE candidacy SET rank = 7")
        code, _, err = cli("check", "--heads", str(tmp_path / "heads.csv"))
        assert (code, "No heads were written" in err) == (ExitCode.DAMAGED, True)
        assert [each.name for each in tmp_path.iterdir()] == ["story.db"]

    @pytest.mark.parametrize(
        ("lines", "line"),
        [
            ("C-1.1,1," + "a" * 64, 1),
            ("candidacy,seq,hash\nC-1.1,1", 2),
            ("candidacy,seq,hash\nC-1,1," + "a" * 64, 2),
            ("candidacy,seq,hash\nC-1.1,one," + "a" * 64, 2),
            ("candidacy,seq,hash\nC-1.1,1,abc", 2),
        ],
    )
    def test_a_line_that_is_no_head_is_named(
        self, cli: Run, story: Path, tmp_path: Path, lines: str, line: int
    ) -> None:
        file = tmp_path / "heads.csv"
        file.write_text(lines)
        code, _, err = cli("check", "--against", str(file), "--format", "json")
        assert (code, json.loads(err)["error"]["details"]["line"]) == (ExitCode.USAGE, line)

    @pytest.mark.parametrize(("content", "said"), [(b"\xff\xfe", "file-not-text"), (None, "file-not-found")])
    def test_a_file_that_cannot_be_read_is_told(
        self, cli: Run, story: Path, tmp_path: Path, content: bytes | None, said: str
    ) -> None:
        if content is not None:
            (tmp_path / "heads.csv").write_bytes(content)
        code, _, err = cli("check", "--against", str(tmp_path / "heads.csv"), "--format", "json")
        assert code == ExitCode.USAGE
        assert json.loads(err)["error"]["code"] == said

    def test_a_place_that_cannot_be_written_is_told(self, cli: Run, story: Path, tmp_path: Path) -> None:
        code, _, err = cli("check", "--heads", str(tmp_path / "no" / "heads.csv"))
        assert (code, "Cannot write" in err) == (ExitCode.USAGE, True)

    def test_to_repair_and_to_write_heads_are_two_commands(self, cli: Run, story: Path) -> None:
        assert cli("check", "--repair", "--heads", "x").code == ExitCode.USAGE


class TestMigrate:
    """A store of this version is left alone; an older one is brought along, or rehearsed."""

    def test_a_store_of_this_version_is_left_alone(self, cli: Run, story: Path) -> None:
        before = story.read_bytes()
        code, out, _ = cli("migrate")
        assert (code, "already up to date" in out, story.read_bytes()) == (ExitCode.DONE, True, before)

    def test_a_program_reads_from_and_to(self, cli: Run, story: Path) -> None:
        found = json.loads(cli("migrate", "--format", "json").out)
        versions = {"from": SCHEMA_VERSION, "to": SCHEMA_VERSION}
        assert found == versions | {"store": str(story), "changed": False, "dry_run": False}

    @pytest.mark.parametrize("dry_run", [True, False])
    def test_an_older_store_is_brought_along_or_rehearsed(
        self, cli: Run, story: Path, of_the_next_version: None, dry_run: bool
    ) -> None:
        before = story.read_bytes()
        code, out, _ = cli("migrate", *(["--dry-run"] if dry_run else []))
        assert (code, f"{SCHEMA_VERSION} → {NEXT_VERSION}" in out) == (ExitCode.DONE, True)
        assert (story.read_bytes() == before) == dry_run
        assert cli("check").code == (ExitCode.UNAVAILABLE if dry_run else ExitCode.DONE)

    def test_every_other_command_names_the_remedy(
        self, cli: Run, story: Path, of_the_next_version: None
    ) -> None:
        code, _, err = cli("check")
        assert (code, "socrekry migrate" in err) == (ExitCode.UNAVAILABLE, True)

    def test_a_newer_store_is_not_touched(self, cli: Run, story: Path) -> None:
        with closing(sqlite3.connect(story)) as connection, connection:
            connection.execute("UPDATE alembic_version SET version_num = '0999'")
        code, _, err = cli("migrate")
        assert (code, "newer version" in err) == (ExitCode.DAMAGED, True)

    def test_a_file_of_another_kind_is_not_touched(self, cli: Run, tmp_path: Path) -> None:
        (tmp_path / "notes.txt").write_text("Ring Åsa")
        code, _, err = cli("--db", str(tmp_path / "notes.txt"), "migrate")
        assert (code, "is not a store" in err) == (ExitCode.DAMAGED, True)


NEXT_VERSION = f"{int(SCHEMA_VERSION) + 1:04}"


@pytest.fixture
def of_the_next_version(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program be one migration further than the stores there are."""
    scripts = scripts_with(tmp_path_factory.mktemp("next"), GOOD)
    monkeypatch.setattr(migrate, "_SCRIPTS", scripts)
    for module in (connect, upgrading):
        monkeypatch.setattr(module, "SCHEMA_VERSION", NEXT_VERSION)


@pytest.mark.parametrize("code", _SENTENCES)
def test_every_defect_has_its_sentence_and_remedy_in_both_languages(code: str) -> None:
    details = dict.fromkeys(re.findall(r"\{(\w+)\}", _SENTENCES[code]), "7")
    said = set()
    for language in ("en", "sv"):
        locale.use(language)
        said |= {sentence(Defect(code, None, details)), remedy(Defect(code, None, details))}
    assert len(said) == 4


def test_every_defect_that_is_found_has_a_sentence() -> None:
    rooms = [SERVICES / f"{room}.py" for room in ("chains", "checking", "derived", "heads")]
    rooms.append(Path(sqlite_soundness.__file__))
    texts = [room.read_text(encoding="utf-8") for room in rooms]
    calls = [node for text in texts for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    found = {
        each.value
        for call in calls
        if ast.unparse(call.func) in ("Defect", "Damage")
        for each in call.args[:1]
        if isinstance(each, ast.Constant)
    }
    assert found | {"log-edited", "log-reordered"} | set(postgresql_soundness._DAMAGES) == set(_SENTENCES)


def test_how_far_it_has_come_is_shown_to_a_person_who_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    screen, times = Screen(), iter([0.0, 0.5, 2.0, 2.1, 3.0])
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setattr("socrekry.cli.progress.monotonic", lambda: next(times))
    with _shown() as show:
        for done in (1, 2, 3, 4):
            show(done * 1000, 4000)
    shown = [line.strip() for line in screen.getvalue().split("\r") if line.strip()]
    assert list(dict.fromkeys(shown)) == [
        "Checked 2 000 of 4 000 candidacies",
        "Checked 4 000 of 4 000 candidacies",
    ]
    assert screen.getvalue().endswith("\r")
