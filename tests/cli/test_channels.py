"""The command ``channels``: what it is asked, and in which form it answers."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.reports.meetings import Meetings, tell_of_haerjedalen
from tests.reports.programme import a_programme

HEAVY = ("sqlmodel", "sqlalchemy", "pydantic", "alembic", "rich", "decimal")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("kept") / "store.db"
    with a_programme(path) as programme:
        tell_of_haerjedalen(programme)
        meetings, trainees = Meetings(programme), programme.cohort("HT2024", unit="Barn och unga")
        fair = meetings.activity("fair", "2024-03-01", "Mässa", cost=900)
        meetings.touch(fair, "2024-03-01", programme.candidate(trainees, "2024-03-01"))
        meetings.touch(4, "2025-03-12", "C-6.1")
    return path


@pytest.fixture(autouse=True)
def _the_day_of_the_story(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOCREKRY_TODAY", "2026-11-20")
    monkeypatch.setenv("SOCREKRY_DB", str(kept))


def test_without_a_term_it_is_the_latest_that_has_begun(line: Callable[..., str]) -> None:
    said = line("channels")
    assert said.startswith("Channels · cohort HT2025  ")
    assert "Class visit                  3        2          2      1   8 400 kr  8 400 kr" in said


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("--term HT2024", {"fair": 1}),
        ("--term HT2024..HT2025", {"visit": 3, "fair": 1, "ad": 7, "unsolicited": 1, None: 1}),
        ("--term HT2024 --unit barn", {"fair": 1}),
        ("--term HT2025 --unit barn", {}),
        ("--term HT2024 --pipeline direct", {}),
        ("--term HT2024 --shared", {"visit": 0.5, "fair": 0.5}),
        ("--term VT2024 --activities", {"fair": 1}),
        ("--as-of 2025-03-01", {"fair": 1}),
    ],
)
def test_it_counts_what_it_is_asked_for(
    line: Callable[..., str], words: str, kinds: dict[str | None, float]
) -> None:
    found = json.loads(line(f"channels {words} --format json"))
    assert {each["kind"]: each["leads"] for each in found["kinds"]} == kinds


def test_it_says_in_json_how_it_counted(line: Callable[..., str]) -> None:
    found = json.loads(line("channels --shared --activities --format json"))
    assert (found["attribution"], found["terms_of"]) == ("shared", "activities")


def test_a_row_an_activity_is_asked_for(line: Callable[..., str]) -> None:
    assert "  2024-03-01 Mässa" in line("channels --term HT2024 --by activity")
    names, first, *_ = line("channels --term HT2024 --by activity --format csv").splitlines()
    assert names.startswith("activity,kind,title,on,term,university,reached,leads")
    assert first.startswith("A-5,fair,Mässa,2024-03-01,VT2024,,,1,0,0")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("--term soon", 2, "“soon” is not a term."),
        ("--as-of 2026-11-21", 2, "2026-11-21 has not come yet"),
        ("--unit nope", 4, "There is no unit “nope”."),
        ("--pipeline nope", 4, "There is no pipeline “nope”."),
        ("--by person", 2, "person"),
    ],
)
def test_what_cannot_be_counted_is_explained(
    line: Callable[..., str], words: str, code: int, said: str
) -> None:
    assert said in line(f"channels {words}", code)


def test_in_a_pipe_it_loads_nothing_slow(process: Run) -> None:
    program = (
        "import sys; from socrekry.__main__ import main; main(['channels', '--by', 'activity'])\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    assert process(program=program, PYTHONPATH=os.pathsep.join(sys.path)).err == "[]\n"
