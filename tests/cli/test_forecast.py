"""The command ``forecast``: what it is asked, and what it refuses."""

import json
from pathlib import Path
from typing import Any

import pytest

from socrekry.domain.term import Term
from socrekry.services.needs import add_need
from tests.cli.conftest import Run
from tests.reports.programme import a_programme

TRAINEE = "2025-02-01 applied 2025-03-01 selected 2025-04-01 placement 2025-09-01 trainee 2026-01-19"
HEAVY = ("sqlmodel", "sqlalchemy", "pydantic", "alembic", "rich", "numpy", "statistics", "random")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store with 52 on the way in two units and two pipelines; one is protected."""
    path = tmp_path_factory.mktemp("kept") / "store.db"
    with a_programme(path) as programme:
        barn = programme.cohort("HT2025", 40, unit="Barn")
        programme.candidate(barn, f"{TRAINEE} discontinued 2026-02-01", 10)
        programme.candidate(barn, f"{TRAINEE} offer 2026-10-01", 30)
        programme.candidate(
            programme.cohort("HT2025", unit="Vuxen"), f"{TRAINEE} offer 2026-10-01 hired 2026-11-01", 2
        )
        programme.candidate(programme.cohort("VT2027", pipeline="direct"), "2026-11-01", 20)
        for unit, positions in (("Barn", 20), ("Vuxen", 6)):
            add_need(programme.writing(), unit, Term.parse("VT2027"), positions)
    return path


@pytest.fixture(autouse=True)
def _the_day(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOCREKRY_TODAY", "2026-11-20")
    monkeypatch.setenv("SOCREKRY_DB", str(kept))


def answer(cli: Run, *words: str) -> Any:
    """Return what ``forecast`` answers as JSON."""
    done = cli("forecast", *words, "--format", "json")
    assert done.code == 0, done.err
    return json.loads(done.out)


def spring(found: Any) -> Any:
    (term,) = [each for each in found["terms"] if each["term"] == "VT2027"]
    return term


def test_it_sets_what_is_expected_against_the_need(cli: Run) -> None:
    found = spring(answer(cli))
    assert (found["need"], found["signed"]) == (26, 2)
    assert found["low"] <= found["expected"] <= found["high"]
    assert found["gap"] == 26 - round(found["expected"])
    assert 0 < found["chance_of_need"] < 1


def test_it_counts_what_it_is_asked_for(cli: Run) -> None:
    asked = ((), ("--unit", "barn"), ("--unit", "vuxen"), ("--pipeline", "direct"))
    assert [answer(cli, *words)["on_the_way"] for words in asked] == [52, 30, 2, 20]
    assert [spring(answer(cli, *words))["need"] for words in asked] == [26, 20, 6, 26]
    assert [each["term"] for each in answer(cli, "--term", "v27")["terms"]] == ["HT2026", "VT2027"]
    assert answer(cli, "--as-of", "2025-03-15")["as_of"] == "2025-03-15"


def test_a_list_of_candidates_is_cut_on_the_screen_and_whole_as_data(cli: Run) -> None:
    assert "\n50 of 52; --all shows the others.\n" in cli("forecast", "--candidates").out
    assert "--all" not in cli("forecast", "--candidates", "--all").out
    assert len(answer(cli, "--candidates")["candidacies"]) == 52
    ids = cli("forecast", "--candidates", "--unit", "vuxen", "--format", "ids").out.split()
    assert ids == ["C-41.1", "C-42.1"]


def test_a_protected_identity_is_masked_and_counted(
    cli: Run, tmp_path: Path, kept: Path, monkeypatch: Any
) -> None:
    copy = tmp_path / "store.db"
    copy.write_bytes(kept.read_bytes())
    monkeypatch.setenv("SOCREKRY_DB", str(copy))
    assert cli("protect", "C-41", "--yes").code == 0
    for form in ("table", "json", "csv"):
        said = cli("forecast", "--candidates", "--unit", "vuxen", "--format", form).out
        assert "Person 41" not in said
        assert "Skyddade personuppgifter, kandidat 1" in said
    assert answer(cli, "--unit", "vuxen")["on_the_way"] == 2


def test_it_plans_backwards_from_a_need(cli: Run) -> None:
    found = answer(cli, "--need", "4", "--term", "VT2028")
    assert (found["term"], found["need"]) == ("VT2028", 4)
    assert [each["pipeline"] for each in found["pipelines"]] == ["trainee", "direct"]
    lead = found["pipelines"][1]["stages"][0]
    assert 0 < lead["more"] < lead["more_to_be_sure"]
    told = cli("forecast", "--need", "4", "--term", "VT2028").out
    assert (
        f"about {lead['more']} more must come to “Lead” by {lead['by']}; {lead['more_to_be_sure']} to be"
        in told
    )


def test_the_need_itself_is_enough_or_not(cli: Run) -> None:
    assert "expected to be enough" in cli("forecast", "--need", "0", "--term", "VT2027").out
    rows = cli("forecast", "--need", "10000", "--term", "VT2027", "--format", "csv").out.splitlines()
    assert rows[0] == "pipeline,cohort,stage,standing,chance,in_all,more,more_to_be_sure,by,past,no_plan"
    assert len(rows) == 1 + 7 + 6


def test_needs_show_the_forecast_where_the_term_is_added_up(cli: Run) -> None:
    found = spring(answer(cli))
    (line,) = [line for line in cli("needs").out.splitlines() if "in all" in line]
    assert line.endswith(f"{round(found['expected'])} ({found['low']}–{found['high']})")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--need", "6"], 2, "socrekry forecast --need 6 --term TERM"),
        (["--need", "6", "--term", "VT2026"], 2, "VT2026 is over; a forecast begins with HT2026"),
        (["--term", "VT2033"], 2, "a forecast goes no further than VT2032"),
        (["--need", "-1", "--term", "VT2027"], 2, "-1"),
        (["--need", "10001", "--term", "VT2027"], 2, "10000"),
        (["--need", "many", "--term", "VT2027"], 2, "many"),
        (["--need", "1", "--term", "VT2027", "--candidates"], 2, "Leave out --candidates"),
        (["--all"], 2, "Add --candidates"),
        (["--term", "soon"], 2, "“soon” is not a term."),
        (["--as-of", "2026-11-21"], 2, "has not come yet"),
        (["--unit", "nope"], 4, "There is no unit “nope”."),
        (["--pipeline", "nope"], 4, "There is no pipeline “nope”."),
        (["--format", "ids"], 2, "Choose one of these: table, json and csv"),
    ],
)
def test_what_cannot_be_said_is_explained(cli: Run, words: list[str], code: int, said: str) -> None:
    done = cli("forecast", *words)
    assert (done.code, done.out) == (code, "")
    assert said in done.err


def test_it_loads_nothing_heavy(process: Run) -> None:
    program = (
        "import sys; from socrekry.__main__ import main; main(['forecast']); "
        f"print(*set(sys.modules) & set({HEAVY}), file=sys.stderr)"
    )
    done = process(program=program)
    assert "VT2027" in done.out
    assert done.err.split() == []


def test_a_store_without_anybody_is_told_how_to_begin(cli: Run, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("SOCREKRY_DB", str(tmp_path / "new.db"))
    said = cli("forecast").out
    assert "Nobody is on the way." in said
    assert "socrekry add-need UNIT TERM POSITIONS" in said
    assert "To have 6 begin in VT2028" in cli("forecast", "--need", "6", "--term", "VT2028").out
