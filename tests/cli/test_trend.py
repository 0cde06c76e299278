"""The command ``trend``: what it is asked, and the signs that a screen can show."""

import json
import os
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.reports.programme import a_programme, tell_of_huddinge

HEAVY = ("sqlmodel", "sqlalchemy", "pydantic", "alembic", "rich")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("kept") / "store.db"
    with a_programme(path) as programme:
        tell_of_huddinge(programme)
    return path


@pytest.fixture(autouse=True)
def _the_day_of_the_story(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOCREKRY_TODAY", "2026-11-20")
    monkeypatch.setenv("SOCREKRY_DB", str(kept))


def test_it_shows_the_terms_and_the_figures_it_is_asked_for(cli: Run) -> None:
    words = ("--from", "h16", "--to", "VT2017", "--figure", "placement", "--figure", "hired")
    found = json.loads(cli("trend", *words, "--format", "json").out)
    assert (found["from"], found["to"]) == ("HT2016", "VT2017")
    assert [each["figure"] for each in found["figures"]] == ["placement", "hired"]
    assert [each["value"] for each in found["figures"][0]["values"]] == [10, 10]


def test_without_terms_it_goes_from_the_first_cohort_to_the_last(cli: Run) -> None:
    done = cli("trend")
    assert done.out.startswith("Trainee programme for socionomer · HT2010–HT2018  ")
    assert done.err == ""


def test_a_table_goes_to_a_file_as_csv(cli: Run, tmp_path: Path) -> None:
    path = tmp_path / "trend.csv"
    done = cli("trend", "--figure", "seats", "--format", "csv", "-o", str(path))
    assert (done.code, done.out) == (0, "")
    assert path.read_text(encoding="utf-8").splitlines()[:2] == ["term,seats", "HT2010,10"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (
            ["--figure", "applause"],
            2,
            "There is no figure called “applause”.\nThe figures there are: seats, ",
        ),
        (["--from", "soon"], 2, "“soon” is not a term."),
        (["--from", "HT2018", "--to", "HT2017"], 2, "ends before it begins"),
        (["--pipeline", "nope"], 4, "There is no pipeline “nope”."),
        (["--as-of", "2026-11-21"], 2, "has not come yet"),
    ],
)
def test_what_cannot_be_shown_is_explained(cli: Run, words: list[str], code: int, said: str) -> None:
    done = cli("trend", *words)
    assert (done.code, done.out) == (code, "")
    assert said in done.err


@pytest.mark.parametrize(
    ("encoding", "drawn"), [("utf-8", True), ("cp1252", False), ("ascii", False), ("iso8859-1", False)]
)
def test_a_screen_gets_the_signs_that_it_can_show(terminal: Run, encoding: str, drawn: bool) -> None:
    shown = terminal("trend", PYTHONIOENCODING=encoding, NO_COLOR="1", COLUMNS="80").out
    assert ("█" in shown) is drawn
    assert ("####" in shown) is not drawn
    assert "\x1b" not in shown


def test_a_file_gets_blocks_whatever_the_screen_can_show(process: Run, tmp_path: Path) -> None:
    path = tmp_path / "trend.txt"
    done = process("trend", "-o", str(path), PYTHONIOENCODING="ascii")
    assert done.code == 0, done.err
    assert "█" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(("columns", "shown"), [("80", 1), ("160", 2)])
def test_a_wide_screen_shows_more_terms(terminal: Run, columns: str, shown: int) -> None:
    words = ("trend", "--from", "VT1980")
    assert terminal(*words, NO_COLOR="1", COLUMNS=columns).out.count("VT1980–HT2018") == shown


@pytest.mark.parametrize("command", ["trend", "retention"])
def test_a_pipe_waits_for_nothing_heavy(process: Run, command: str) -> None:
    program = (
        f"import sys; from socrekry.__main__ import main; main(['{command}'])\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    assert process(program=program, PYTHONPATH=os.pathsep.join(sys.path)).err == "[]\n"
