"""Whatever a person types or a disk does: a clear sentence with what to do, the right exit code, nothing half-done."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from socrekry.__main__ import main
from socrekry.cli.exits import ExitCode
from tests.cli.conftest import Run, Screen
from tests.store.test_connect import as_one_without_rights, folder  # noqa: F401 – a fixture is used by name
from tests.stories import a_story

ESCAPES, BIDI = "\x1b[31m", "\u202e"
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
        ["show C-8", "list --all", "history C-8", "next C-8", "today", "advance C-8", "close C-8 --outcome declined",
         "undo C-8", "list --format csv", "list --format csv -o -", "report --term VT2026"],
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
        assert not {ESCAPES, BIDI, "\x9d", "\x07"} & {*shown, *ESCAPES.join(shown.split(ESCAPES)[1:2])}

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
        ("advance C-4 --sideways", ExitCode.USAGE, "no-such-option"),
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


def test_a_pipeline_file_has_all_its_defects_named_at_once(
    cli: Run, unchanged: Path, tmp_path: Path
) -> None:
    file = tmp_path / "pipeline.toml"
    file.write_text(FAULTS, encoding="utf-8")
    for verb in ("check", "install"):
        done = cli("pipeline", verb, str(file), "--format", "json")
        assert done.code == ExitCode.USAGE
    defects = json.loads(done.err)["error"]["details"]["defects"]
    assert len(defects) >= 10
    assert all(each["line"] >= 1 and each["path"] for each in defects)
    assert len(cli("pipeline", "check", str(file)).err.splitlines()) >= 10
