"""The command ``retention``: what it is asked, and what answers its question."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.reports.programme import a_programme
from tests.reports.starting import a_cohort, a_short_programme, a_starter


@pytest.fixture(autouse=True)
def _kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a store where two have come to a year, one of them of a unit."""
    path = tmp_path / "store.db"
    with a_programme(path) as programme:
        a_short_programme(programme)
        a_starter(programme, a_cohort(programme, "VT2025", unit="Norr"), "2025-11-20", "still 2026-05-20")
        a_starter(programme, a_cohort(programme, "HT2024"), "2025-10-01")
    monkeypatch.setenv("SOCREKRY_TODAY", "2026-11-20")
    monkeypatch.setenv("SOCREKRY_DB", str(path))


def a_year(cli: Run, *words: str) -> tuple[int, int]:
    """Return how many are still employed after a year, and of how many."""
    found = json.loads(cli("retention", *words, "--format", "json").out)
    mark = found["retention"][1]
    return mark["still_employed"], mark["due"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ([], (0, 2)),
        (["--term", "VT2025"], (0, 1)),
        (["--term", "HT2023..HT2024"], (0, 1)),
        (["--as-of", "2026-11-19"], (0, 1)),
        (["--unit", "norr"], (0, 1)),
        (["--pipeline", "trainee"], (0, 0)),
    ],
)
def test_it_counts_what_it_is_asked_for(cli: Run, words: list[str], found: tuple[int, int]) -> None:
    assert a_year(cli, *words) == found


def test_what_today_asks_is_what_is_not_known(cli: Run, line: Callable[..., str]) -> None:
    waiting = json.loads(cli("today", "--format", "json").out)
    asked = [each for each in waiting if each["kind"] == "follow-up"]
    assert [(each["id"], each["number"]) for each in asked] == [("C-2.1", 12), ("C-1.1", 12)]
    for each in asked:
        line(each["command"].removeprefix("socrekry "))
    assert a_year(cli) == (2, 2)
    assert "follow-up" not in cli("today", "--format", "json").out


def test_today_says_what_to_write_of_who_has_left(cli: Run, line: Callable[..., str]) -> None:
    assert "Who has left: socrekry record ID left=… --on …\n" in cli("today").out
    line("record C-1 left=flyttade --on 2026-09-01")
    assert "flyttade  1\n" in cli("retention").out


def test_groups_stand_under_the_whole(cli: Run) -> None:
    head, *rows = cli("retention", "--by", "unit").out.splitlines()[7:10]
    assert head.split() == ["Unit", "6", "months", "12", "months", "24", "months"]
    assert rows == [
        "Norr                        1 of 1  0 of 1 (1 unknown)          –",
        "Without a unit  0 of 1 (1 unknown)  0 of 1 (1 unknown)          –",
    ]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--by", "mood"], 2, "channel"),
        (["--term", "soon"], 2, "“soon” is not a term."),
        (["--as-of", "2026-11-21"], 2, "2026-11-21 has not come yet"),
        (["--unit", "nope"], 4, "There is no unit “nope”."),
        (["--format", "ids"], 2, "table"),
    ],
)
def test_what_cannot_be_shown_is_explained(cli: Run, words: list[str], code: int, said: str) -> None:
    done = cli("retention", *words)
    assert (done.code, done.out) == (code, "")
    assert said in done.err
