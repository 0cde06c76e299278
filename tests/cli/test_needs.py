"""Needs from the command line: recorded, replaced, listed, in the forms that scripts rely on."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.services.programme import a_store


@pytest.fixture(autouse=True)
def _a_store_with_units(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cli: Run) -> None:
    a_store(tmp_path).close()
    monkeypatch.setenv("SOCREKRY_DB", str(tmp_path / "store.db"))
    monkeypatch.setenv("SOCREKRY_TODAY", "2026-11-20")
    monkeypatch.setenv("SOCREKRY_ACTOR", "Eva")
    for unit in ("Barn", "Vuxen"):
        assert cli("add-unit", unit).code == 0


def answer(cli: Run, *words: str) -> Any:
    """Return what a command answers as JSON."""
    done = cli(*words, "--format", "json")
    assert done.code == 0, done.err
    return json.loads(done.out)


def test_a_need_is_recorded_and_listed(cli: Run) -> None:
    added = answer(cli, "add-need", "barn", "vt 2027", "6")
    assert added == {"unit": "Barn", "term": "VT2027", "positions": 6, "before": None}
    row = {"unit": "Barn", "term": "VT2027", "positions": 6, "signed": 0, "open": 0, "gap": 6}
    nobody = {"term_forecast": {"expected": 0.0, "low": 0, "high": 0}}
    assert answer(cli, "needs") == [row | nobody]


def test_a_term_that_is_over_has_no_forecast(cli: Run) -> None:
    cli("add-need", "Barn", "VT2020", "6")
    assert [each["term_forecast"] for each in answer(cli, "needs", "--term", "VT2020")] == [None]


def test_a_need_recorded_again_says_what_it_was(cli: Run) -> None:
    assert cli("add-need", "Barn", "VT2027", "6").out == "Barn needs 6 positions in VT2027.\n"
    assert cli("add-need", "Barn", "VT2027", "1").out == "Barn needs 1 position in VT2027. It was 6.\n"
    assert cli("add-need", "Barn", "VT2027", "1").out.endswith("in VT2027. That is what it was.\n")
    assert [each["positions"] for each in answer(cli, "needs")] == [1]


def test_an_undo_puts_back_what_was_before(cli: Run) -> None:
    for positions in ("6", "0"):
        cli("add-need", "Barn", "VT2027", positions)
    assert cli("undo").code == 0
    assert [each["positions"] for each in answer(cli, "needs")] == [6]


def test_several_units_are_added_up(cli: Run) -> None:
    cli("add-need", "Vuxen", "VT2027", "3")
    cli("add-need", "Barn", "VT2027", "1200")
    table = [line.split() for line in cli("needs").out.splitlines()[3:6]]
    assert table == [
        ["VT2027", "Barn", "1", "200", "0", "0", "1", "200"],
        ["Vuxen", "3", "0", "0", "3"],
        ["in", "all", "1", "203", "0", "0", "1", "203", "0", "(0–0)"],
    ]


def test_needs_are_a_table_for_a_spreadsheet(cli: Run) -> None:
    cli("add-need", "Barn", "VT2027", "6")
    lines = cli("--lang", "sv", "needs", "--format", "csv").out.splitlines()
    assert lines == ["unit,term,positions,signed,open,gap", "Barn,VT2027,6,0,0,6"]


def test_a_range_and_a_unit_narrow_the_list(cli: Run) -> None:
    for unit, term in (("Barn", "VT2026"), ("Barn", "VT2027"), ("Vuxen", "HT2027")):
        cli("add-need", unit, term, "1")
    assert [each["term"] for each in answer(cli, "needs", "--term", "VT2026..VT2027")] == ["VT2026", "VT2027"]
    assert [each["term"] for each in answer(cli, "needs", "--unit", "vux")] == ["HT2027"]


def test_no_needs_say_how_to_begin(cli: Run) -> None:
    assert "socrekry add-need UNIT TERM POSITIONS" in cli("needs").out
    assert answer(cli, "needs") == []
    assert cli("needs", "--format", "csv").out == "unit,term,positions,signed,open,gap\n"


def test_a_dry_run_says_the_same_and_keeps_nothing(cli: Run) -> None:
    rehearsed = cli("add-need", "Barn", "VT2027", "6", "--dry-run").out
    assert answer(cli, "needs") == []
    said = cli("add-need", "Barn", "VT2027", "6").out
    assert rehearsed == f"{said}Nothing was kept: this was a dry run.\n"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("add-need", "Skola", "VT2027", "6"), 4, "socrekry add-unit Skola"),
        (("add-need", "Barn", "VT", "6"), 2, "HT2025"),
        (("add-need", "Barn", "VT2027", "-6"), 2, "-6"),
        (("add-need", "Barn", "VT2027", "10001"), 2, "10001"),
        (("add-need", "Barn", "VT2027"), 2, "POSITIONS"),
        (("needs", "--unit", "Skola"), 4, "socrekry add-unit Skola"),
        (("needs", "--term", "VT2027..VT2026"), 2, "VT2026..VT2027"),
    ],
)
def test_what_cannot_be_is_said_with_a_remedy(cli: Run, words: tuple[str, ...], code: int, said: str) -> None:
    done = cli(*words)
    assert (done.code, done.out) == (code, "")
    assert said in done.err
