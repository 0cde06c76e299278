"""Agreements with universities from the command line: a number of each kind, and what is used of it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run

AGREED = "add-agreement oru HT2025"


@pytest.fixture(autouse=True)
def _a_story(story: Path) -> None:
    """Work in the store of the story, where nobody from Örebro has come to a placement."""


def test_an_agreement_is_kept_and_listed(cli: Run, line: Callable[..., str]) -> None:
    line(f"{AGREED} --seats 4 --status asked --unit barn --contact 'Åsa, 019-1'")
    added = json.loads(line(f"{AGREED} --seats 2 --status confirmed --unit barn --format json"))
    assert added == {
        "id": 1,
        "university": "oru",
        "name": "Örebro universitet",
        "term": "HT2025",
        "unit": "Barn och unga",
        "asked": 4,
        "offered": None,
        "confirmed": 2,
        "placed": 0,
        "unconfirmed": 0,
        "contact": "Åsa, 019-1",
        "status": "confirmed",
        "before": None,
    }
    listed = {name: value for name, value in added.items() if name not in ("status", "before")}
    assert json.loads(cli("agreements", "--format", "json").out) == [listed]


def test_a_number_given_again_says_what_it_was(line: Callable[..., str]) -> None:
    assert line(f"{AGREED} --seats 4 --status asked") == "Örebro universitet HT2025: 4 asked for.\n"
    again = line(f"{AGREED} --seats 6 --status asked")
    assert again == "Örebro universitet HT2025: 6 asked for, before 4.\n"


def test_seats_that_are_used_and_not_confirmed_are_marked(line: Callable[..., str]) -> None:
    line("edit-candidate C-1 --university oru")
    assert line(f"{AGREED} --seats 1 --status confirmed") == "Örebro universitet HT2025: 1 confirmed.\n"
    line(f"{AGREED} --seats 0 --status confirmed")
    assert line("agreements").splitlines() == [
        "Term    University              Asked for  Offered  Confirmed  Used",
        "HT2025  oru Örebro universitet          –        –          0     1  1 not confirmed",
    ]


@pytest.mark.parametrize(
    ("words", "shown"),
    [("--term VT2026", 0), ("--university oru", 1), ("--university sh", 0), ("--unit barn", 0), ("", 1)],
)
def test_agreements_are_narrowed(line: Callable[..., str], words: str, shown: int) -> None:
    line(f"{AGREED} --seats 4 --status offered")
    assert len(line(f"agreements --format csv {words}").splitlines()) == 1 + shown


def test_without_agreements_it_is_said_how_to_add_one(line: Callable[..., str]) -> None:
    assert "socrekry add-agreement" in line("agreements")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("add-agreement moon HT2025 --seats 1 --status asked", 4, "socrekry add-university moon"),
        (f"{AGREED} --seats 1 --status promised", 2, "asked, offered, confirmed"),
        (f"{AGREED} --seats -1 --status asked", 2, "--seats"),
        (f"{AGREED} --seats 1", 2, "--status"),
        ("agreements --format ids", 2, "table, json, csv"),
    ],
)
def test_what_cannot_be_is_said(line: Callable[..., str], words: str, code: int, said: str) -> None:
    assert said in line(words, code)
