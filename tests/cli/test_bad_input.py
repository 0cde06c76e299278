"""Whatever a person types or a disk does: a sentence with what to do, its exit code, nothing half-done."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from socrekry.__main__ import main
from socrekry.cli.exits import ExitCode
from tests.cli.conftest import Run, Screen
from tests.store.test_connect import as_one_without_rights
from tests.stories import a_story

ESCAPES, BIDI = "\x1b[35;7m", "\u202e"
HOSTILE = f"Ev{ESCAPES}il {BIDI}Lund\x9d [/b]\x07"
SHOWN = "Evil Lund [/b]"
FAULTS = """
name = "Not A Name"
titles = { sv = "Prov" }
colour = "red"

[[stage]]
name = "lead"
titles = { sv = "Kontakt", en = "Lead" }
longest_stay = "long"

[[stage]]
name = "limbo"
titles = { sv = "Limbo", en = "Limbo" }

[[stage]]
name = "started"
titles = { sv = "Tillträtt", en = "Started" }
kind = "victory"

[[transition]]
name = "apply"
from = "nowhere"
to = "elsewhere"
guards = ["luck", { name = "last-year", terms = "two" }]
"""
posix = pytest.mark.skipif(os.name == "nt", reason="rights, limits and terminals of another kind")


@pytest.fixture
def unchanged(story: Path) -> Iterator[Path]:
    """Give the story's store, and see afterwards that not a byte of it has changed."""
    before = story.read_bytes()
    yield story
    assert story.read_bytes() == before
    assert [each.name for each in story.parent.iterdir() if "journal" in each.name] == []


def told(cli: Run, *words: str) -> tuple[int, str]:
    """Return how a command line ends and the code of its error, read back as a script reads it."""
    done = cli(*words, "--format", "json")
    assert done.out == ""
    return done.code, json.loads(done.err)["error"]["code"]


class TestAHostileName:
    """It is kept as it was typed and shown as if what it hides were not there."""

    @pytest.fixture(autouse=True)
    def _of_a_candidate(self, cli: Run, story: Path) -> None:
        added = cli("add-candidate", HOSTILE, "--term", "VT2026", "--note", HOSTILE, "--tag", "x [/b]")
        assert SHOWN in added.out

    @pytest.mark.parametrize(
        "typed",
        [
            "show C-8", "list --all", "history C-8", "next C-8", "today", "advance C-8", "undo C-8 --dry-run",
            "close C-8 --outcome declined", "list --format csv", "list -o -", "report --term VT2026",
        ],
    )  # fmt: skip
    def test_it_is_inert_wherever_it_is_shown(self, line: Callable[..., str], typed: str) -> None:
        shown = line(typed)
        assert not {"\x1b", BIDI, "\x9d", "\x07"} & set(shown)
        assert SHOWN in shown or typed in ("report --term VT2026", "today")

    @posix
    @pytest.mark.parametrize("typed", ["show C-8", "list --search lund", "history C-8"])
    def test_it_is_inert_on_a_terminal(self, terminal: Run, typed: str) -> None:
        shown = terminal(*typed.split()).out
        assert SHOWN in shown
        assert not [each for each in (ESCAPES, BIDI, "\x9d", "\x07") if each in shown]

    def test_a_program_gets_it_whole_and_escaped(self, cli: Run) -> None:
        answer = cli("show", "C-8", "--format", "json").out
        assert json.loads(answer)["name"] == HOSTILE
        assert not {"\x1b", BIDI, "\x9d", "\x07"} & set(answer)

    def test_it_is_inert_in_what_is_said_of_it(self, cli: Run) -> None:
        done = cli("show", f"{ESCAPES}nobody{BIDI}")
        assert (done.code, "“nobody”" in done.err, "\x1b" in done.err) == (ExitCode.NOT_FOUND, True, False)


@pytest.mark.parametrize(
    ("typed", "code", "named"),
    [
        ("add-candidate Bo --term VT2026 --email bo", ExitCode.USAGE, "email-invalid"),
        ("add-candidate Bo --term vårtermin", ExitCode.USAGE, "term-invalid"),
        ("list --term 2025", ExitCode.USAGE, "term-invalid"),
        ("advance C-4 --on 2025-13-01", ExitCode.USAGE, "date-invalid"),
        ("advance C-4 --to nowhere", ExitCode.NOT_FOUND, "stage-not-found"),
        ("advance C-4 --from nowhere", ExitCode.NOT_FOUND, "stage-not-found"),
        ("advance C-4 --with luck", ExitCode.NOT_FOUND, "fact-not-found"),
        ("record C-4 degree=guess", ExitCode.USAGE, "fact-value-invalid"),
        ("close C-4 --outcome bored", ExitCode.USAGE, "outcome-invalid"),
        ("add-candidate Bo --term VT2026 --on 2026-11-21", ExitCode.USAGE, "date-in-future"),
        ("show C-99", ExitCode.NOT_FOUND, "candidacy-not-found"),
        ("advance C-1.7", ExitCode.NOT_FOUND, "candidacy-not-found"),
        ("next nobody@example.se", ExitCode.NOT_FOUND, "candidate-not-found"),
        ("history Zorro", ExitCode.NOT_FOUND, "candidate-not-found"),
        ("note berg Hej", ExitCode.NOT_FOUND, "candidate-ambiguous"),
        ("advance C-2", ExitCode.NOT_FOUND, "candidate-ambiguous"),
        ("assign C-4 --mentor S-99", ExitCode.NOT_FOUND, "staff-not-found"),
        ("transfer C-4 --term HT2039", ExitCode.NOT_FOUND, "cohort-not-opened"),
        ("list --unit Ekonomi", ExitCode.NOT_FOUND, "unit-not-found"),
        ("advance C-4 --sideways", ExitCode.USAGE, "option-unknown"),
    ],
)
def test_what_cannot_be_is_said_with_what_to_do(
    cli: Run, unchanged: Path, typed: str, code: int, named: str
) -> None:
    words = typed.split()
    assert told(cli, *words) == (code, named)
    in_english, in_swedish = cli(*words), cli(*words, "--lang", "sv")
    for done in (in_english, in_swedish):
        assert (done.code, done.out, "Traceback" in done.err) == (code, "", False)
        assert len(done.err.splitlines()) >= 2  # what is wrong, and what to do about it
    assert in_english.err != in_swedish.err


@pytest.mark.parametrize(
    ("on", "reason", "said"),
    [
        ("2025-03-31", "before-the-last-move", "2025-03-31 is before the event before it, 2025-05-01."),
        ("2026-11-21", "in-the-future", "2026-11-21 has not come yet; today is 2026-11-20."),
    ],
)
def test_a_move_out_of_its_time_is_refused(
    cli: Run, unchanged: Path, on: str, reason: str, said: str
) -> None:
    words = ("advance", "C-4", "--on", on)
    (answer,) = json.loads(cli(*words, "--format", "json").out)
    assert answer["refused"][0]["reason"] == reason
    done = cli(*words)
    assert (done.code, said in done.out) == (ExitCode.REFUSED, True)


def test_those_whom_a_word_may_mean_are_named(cli: Run, story: Path) -> None:
    done = cli("show", "berg")
    assert [each.split()[0] for each in done.err.splitlines()[1:-1]] == ["C-1.1", "C-2.1", "C-2.2"]


def test_a_pipeline_file_has_all_its_defects_named_at_once(cli: Run, unchanged: Path, tmp_path: Path) -> None:
    file = tmp_path / "pipeline.toml"
    file.write_text(FAULTS, encoding="utf-8")
    checked, installed = (
        cli("pipeline", verb, str(file), "--format", "json") for verb in ("check", "install")
    )
    assert (checked.code, installed.code) == (ExitCode.REFUSED, ExitCode.REFUSED)
    defects = json.loads(checked.out)["defects"]
    assert len(defects) == len(json.loads(installed.err)["error"]["details"]["defects"]) == 12
    assert all(each["line"] >= 1 and each["path"] and each["message"] for each in defects)


class TestAFileToImport:
    """Every bad row is listed with its line, and nothing is kept."""

    @pytest.mark.parametrize(
        ("text", "code", "said"),
        [
            ("email\nbo@example.se\n", ExitCode.USAGE, "the column “name” is missing"),
            (
                "name,email\nBo Ek,bo@example.se\nEva Ek\n",
                ExitCode.REFUSED,
                "   3          the row has 1 cell",
            ),
            ("name,email\nBo Ek,bo@example.se,more\n", ExitCode.REFUSED, "   2          the row has 3 cells"),
            ('name,email\n"Bo Ek,bo@example.se\n', ExitCode.REFUSED, "a quotation mark is never closed"),
            ("name,email\nBo Ek,bo\n", ExitCode.REFUSED, "   2  email   “bo” is not an e-mail address."),
        ],
    )
    def test_what_is_wrong_with_it_is_said_by_line(
        self, cli: Run, unchanged: Path, tmp_path: Path, text: str, code: int, said: str
    ) -> None:
        (tmp_path / "some.csv").write_text(text, encoding="utf-8")
        done = cli("import", str(tmp_path / "some.csv"), "--term", "HT2025")
        assert (done.code, said in done.out + done.err) == (code, True)

    @posix
    def test_an_import_that_is_interrupted_while_it_writes_leaves_nothing(
        self, cli: Run, unchanged: Path, tmp_path: Path
    ) -> None:
        rows = "".join(f"Nr {n},{n}@example.se\n" for n in range(3000))
        (tmp_path / "many.csv").write_text(f"name,email\n{rows}", encoding="utf-8")
        command = [sys.executable, "-m", "socrekry", "import", "many.csv", "--term", "HT2025"]
        with subprocess.Popen(
            command, start_new_session=True, cwd=tmp_path, stdout=-1, stderr=-1, text=True
        ) as running:
            while running.poll() is None and not list(tmp_path.glob("*-journal")):
                time.sleep(0.01)
            os.killpg(running.pid, signal.SIGINT)
            out, err = running.communicate(timeout=30)
        assert (running.returncode, out, err) == (ExitCode.INTERRUPTED, "", "Interrupted.\n")
        assert cli("list", "--search", "Nr").out.startswith("Nobody")


class TestAStore:
    """One that cannot be written, or is none, is left as it is; what helps is said."""

    @pytest.fixture(autouse=True)
    def _in_no_mood_to_wait(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SOCREKRY_BUSY_SECONDS", "0.2")

    @posix
    def test_one_that_is_read_only_is_read_and_not_written(
        self, cli: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with tempfile.TemporaryDirectory() as folder:
            store = a_story(Path(folder))
            monkeypatch.setenv("SOCREKRY_DB", str(store))
            cli("note", "C-4", "Hej", "--dry-run")  # what is imported late must be so while we may read it
            store.chmod(0o444)
            os.chmod(folder, 0o555)
            with as_one_without_rights():
                assert cli("list").code == ExitCode.DONE
                assert told(cli, "note", "C-4", "Hej") == (ExitCode.UNAVAILABLE, "store-read-only")
                assert "can be read but not written" in cli("note", "C-4", "Hej").err
            os.chmod(folder, 0o755)

    def test_one_that_another_writes_to_is_read_and_waited_for_in_vain(
        self, cli: Run, unchanged: Path
    ) -> None:
        with closing(sqlite3.connect(unchanged, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert cli("list").code == ExitCode.DONE
            (answer,) = json.loads(cli("advance", "C-2.2", "C-9", "--format", "json").out)[:1]
            assert answer["error"]["code"] == "store-busy"
            assert told(cli, "advance", "C-2.2") == (ExitCode.UNAVAILABLE, "store-busy")

    @pytest.mark.parametrize(
        ("content", "named"), [(b"Ring Eva\n" * 500, "not-a-store"), (b"SQLite format 3\0" + b"x" * 4080, "")]
    )
    def test_one_that_is_none_is_left_alone(
        self, cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, named: str
    ) -> None:
        (tmp_path / "notes.txt").write_bytes(content)
        monkeypatch.setenv("SOCREKRY_DB", str(tmp_path / "notes.txt"))
        for words in (("list",), ("note", "C-1", "Hej"), ("check",)):
            code, error = told(cli, *words)
            assert (code, error if named else "") == (ExitCode.DAMAGED, named)
        assert (tmp_path / "notes.txt").read_bytes() == content

    def test_one_from_a_newer_version_is_left_alone(self, cli: Run, story: Path) -> None:
        with closing(sqlite3.connect(story)) as connection, connection:
            connection.execute("UPDATE alembic_version SET version_num = '0999'")
        assert told(cli, "list") == told(cli, "note", "C-1", "Hej") == (ExitCode.DAMAGED, "store-newer")
        assert "Upgrade socrekry." in cli("today").err

    @posix
    def test_one_that_has_no_room_to_grow_keeps_nothing_and_stays_whole(
        self, cli: Run, unchanged: Path, tmp_path: Path
    ) -> None:
        import resource

        def crowded() -> None:
            most = unchanged.stat().st_size + 4096
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

        rows = "".join(f"Nr {n},{'x' * 2000}\n" for n in range(100))
        (tmp_path / "many.csv").write_text(f"name,note\n{rows}", encoding="utf-8")
        command = [sys.executable, "-m", "socrekry", "import", str(tmp_path / "many.csv"), "--term", "HT2025"]
        done = subprocess.run(command, preexec_fn=crowded, capture_output=True, text=True, check=False)
        assert (done.returncode, "nothing was kept" in done.stderr) == (ExitCode.UNAVAILABLE, True)
        assert cli("check").code == ExitCode.DONE


class TestAPipeOrAPrompt:
    """A reader who leaves is no error; somebody who cannot answer has not agreed."""

    @posix
    def test_a_pipe_that_is_closed_ends_quietly(self, story: Path) -> None:
        reader, writer = os.pipe()
        os.close(reader)
        command = [sys.executable, "-m", "socrekry", "list", "--all"]
        done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, check=False)
        os.close(writer)
        assert (done.returncode, done.stderr) == (ExitCode.DONE, b"")

    @pytest.mark.parametrize("words", [("add-candidate",), ("protect", "C-1"), ("show", "berg")])
    def test_an_input_that_ends_at_a_question_is_a_no(
        self, unchanged: Path, person: Callable[..., Screen], words: tuple[str, ...]
    ) -> None:
        screen = person()
        assert main(words) == ExitCode.CANCELLED
        assert "nothing was done" in screen.getvalue()

    @posix
    @pytest.mark.parametrize(("key", "code"), [("\x04", ExitCode.CANCELLED), ("\x03", ExitCode.INTERRUPTED)])
    def test_so_is_a_key_that_ends_it_on_a_terminal(
        self, terminal: Run, unchanged: Path, key: str, code: int
    ) -> None:
        done = terminal("add-candidate", keys=(key,))
        assert (done.code, "Traceback" in done.out) == (code, False)

    @posix
    def test_a_script_is_told_what_it_did_not_say(self, unchanged: Path) -> None:
        for words, code in ((["protect", "C-1"], ExitCode.CANCELLED), (["add-candidate"], ExitCode.USAGE)):
            command = f"{sys.executable} -m socrekry {' '.join(words)} <&-"
            done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
            assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (code, "", 2)
