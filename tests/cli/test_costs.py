"""Costs and assumptions from the command line, with amounts as people write them."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.services.programme import a_store


@pytest.fixture(autouse=True)
def _a_store_with_a_unit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cli: Run) -> None:
    a_store(tmp_path).close()
    monkeypatch.setenv("SOCREKRY_DB", str(tmp_path / "store.db"))
    monkeypatch.setenv("SOCREKRY_TODAY", "2026-11-20")
    monkeypatch.setenv("SOCREKRY_ACTOR", "Eva")
    assert cli("add-unit", "Barn").code == 0


def answer(cli: Run, *words: str) -> Any:
    """Return what a command answers as JSON."""
    done = cli(*words, "--format", "json")
    assert done.code == 0, done.err
    return json.loads(done.out)


def spend_as_harjedalen(cli: Run) -> None:
    for year, amount in (("2015", "1,5"), ("2016", "5,67"), ("2017", "8,7"), ("2018", "6,9")):
        assert cli("add-cost", "agency", year, amount, "Mkr").code == 0


@pytest.mark.parametrize("words", [("1500000",), ("1", "500", "000"), ("1,5", "Mkr"), ("1.5 MSEK",)])
def test_an_amount_needs_no_quotes(cli: Run, words: tuple[str, ...]) -> None:
    added = answer(cli, "add-cost", "agency", "2015", *words)
    assert added == {"kind": "agency", "period": "2015", "unit": None, "amount": 1_500_000, "before": None}


def test_a_cost_recorded_again_says_what_it_was(cli: Run) -> None:
    first = cli("add-cost", "inhyrd", "vt 2026", "8400", "--unit", "barn").out
    assert first == "Agency staff · VT2026 · Barn: 8 400 kr.\n"
    again = cli("add-cost", "agency", "VT2026", "0", "--unit", "Barn").out
    assert again == "Agency staff · VT2026 · Barn: 0 kr. It was 8 400 kr.\n"
    assert cli("undo").code == 0
    assert answer(cli, "costs")["totals"]["agency"] == 8_400


def test_costs_and_what_they_would_have_paid_are_data(cli: Run) -> None:
    spend_as_harjedalen(cli)
    found = answer(cli, "costs", "--from", "2018", "--to", "HT2018")
    costs = {"agency": 6_900_000, "own_staff": None, "share_agency": None}
    assert found["periods"] == [{"period": "2018", "unit": None, **costs}]
    assert found["totals"] == costs
    assert found["comparison"]["own_staff_instead"] == {"low": 2_300_000, "high": 2_760_000}
    assert found["comparison"]["years_bought"] == {"low": 3.5, "high": 4.2}
    assert found["comparison"]["posts_for_extra"] == {"low": 36, "high": 40}
    assert len(found["assumptions"]) == 7


def test_the_comparison_is_never_shown_without_what_it_rests_on(cli: Run) -> None:
    spend_as_harjedalen(cli)
    lines = [line.split("  ") for line in cli("costs").out.splitlines()]
    shown = {line[0]: line[-1].strip() for line in lines}
    assert shown["Own staff would have cost for the same work"] == "7.6–9.1 Mkr"
    assert shown["Trainee posts for what was paid more"] == "119–132, at 114 375 kr each"
    assert shown["agency-factor-high"].endswith("as own staff (arkiv.jamtlandstidning.se)")
    assert shown["own-staff-year"].endswith("employer’s contributions (estimate)")


def test_a_swede_reads_commas_and_a_script_does_not(cli: Run) -> None:
    spend_as_harjedalen(cli)
    swedish = cli("--lang", "sv", "costs").out
    assert "7,6–9,1 Mkr" in swedish
    assert " 2,5 " in swedish
    for form in ("json", "csv"):
        assert cli("--lang", "sv", "costs", "--format", form).out == cli("costs", "--format", form).out


def test_less_than_a_million_is_said_in_kronor(cli: Run) -> None:
    cli("add-cost", "agency", "2018", "900 000")
    assert "300 000–360 000 kr" in cli("costs").out


def test_costs_are_a_table_for_a_spreadsheet(cli: Run) -> None:
    cli("add-cost", "agency", "2018", "1")
    cli("add-cost", "egen", "2018", "3")
    cli("add-cost", "egen", "HT2019", "3", "--unit", "Barn")
    lines = cli("costs", "--format", "csv").out.splitlines()
    assert lines == ["period,unit,agency,own_staff,share_agency", "2018,,1,3,0.25", "HT2019,Barn,,3,"]


def test_own_staff_alone_is_compared_with_nothing(cli: Run) -> None:
    cli("add-cost", "own-staff", "2018", "1")
    done = cli("costs")
    assert (done.code, "Trainee" in done.out) == (0, False)
    assert answer(cli, "costs")["comparison"] is None


def test_no_costs_say_how_to_begin(cli: Run) -> None:
    assert "socrekry add-cost agency YEAR SEK" in cli("costs").out
    assert answer(cli, "costs")["periods"] == []


def test_an_assumption_is_changed_listed_and_put_back(cli: Run) -> None:
    changed = cli("assume", "own-staff-year", "700", "000").out
    assert changed == "own-staff-year: 700 000 kr a year (own figure). It was 650 000 kr a year.\n"
    (own,) = (each for each in answer(cli, "assumptions") if each["own"])
    assert (own["name"], own["value"], own["default"], own["estimate"]) == (
        "own-staff-year", 700_000, 650_000, False,
    )  # fmt: skip
    back = cli("assume", "own-staff-year", "--default").out
    assert back == "own-staff-year: 650 000 kr a year (estimate). It was 700 000 kr a year.\n"


def test_each_assumption_says_its_unit_meaning_and_source(cli: Run) -> None:
    first = answer(cli, "assumptions")[0]
    assert first == {
        "name": "agency-factor-low",
        "value": 2.5,
        "unit": "times",
        "meaning": "agency staff cost at least so many times as much as own staff",
        "source": "arkiv.jamtlandstidning.se",
        "estimate": False,
        "own": False,
        "default": 2.5,
    }


def test_assumptions_are_named_for_a_pipe(cli: Run) -> None:
    names = cli("assumptions", "--format", "ids").out.split()
    assert names[0] == "agency-factor-low"
    for name in names:
        assert cli("assume", name, "--default").code == 0


@pytest.mark.parametrize(
    "words", [("add-cost", "agency", "2018", "5"), ("assume", "trainee-percent", "25 %")]
)
def test_a_dry_run_says_the_same_and_keeps_nothing(cli: Run, words: tuple[str, ...]) -> None:
    before = cli("costs", "--format", "json").out
    rehearsed = cli(*words, "--dry-run").out
    assert cli("costs", "--format", "json").out == before
    assert rehearsed == f"{cli(*words).out}Nothing was kept: this was a dry run.\n"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("add-cost", "consultants", "2018", "1"), 2, "agency and own-staff"),
        (("add-cost", "agency", "18", "1"), 2, "2018 or VT2018"),
        (("add-cost", "agency", "2018", "1.500"), 2, "1,5 Mkr"),
        (("add-cost", "agency", "2018"), 2, "SEK"),
        (("add-cost", "agency", "2018", "9999999999999"), 2, "1 000 000 000 000"),
        (("add-cost", "agency", "2018", "1", "--unit", "Skola"), 4, "socrekry add-unit Skola"),
        (("add-cost", "agency", "VT2015", "1"), 1, "VT2015 shares its time with 2015"),
        (("costs", "--from", "2018", "--to", "2015"), 2, "--from 2015 --to 2018"),
        (("assume", "own-staff", "1"), 4, "own-staff-year"),
        (("assume", "own-staff-year"), 2, "--default"),
        (("assume", "own-staff-year", "700000", "--default"), 2, "--default"),
        (("assume", "own-staff-year", "700"), 2, "100 000–5 000 000"),
        (("assume", "trainee-percent", "many"), 2, "2,5"),
        (("assume", "agency-factor-low", "4"), 1, "agency-factor-high"),
    ],
)
def test_what_cannot_be_is_said_with_a_remedy(cli: Run, words: tuple[str, ...], code: int, said: str) -> None:
    spend_as_harjedalen(cli)
    done = cli(*words)
    assert (done.code, done.out) == (code, "")
    assert said in done.err
