"""The command ``report``: what it is asked, and where its answer goes."""

import json
import os
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.reports.programme import a_programme, tell_of_the_contract

HEAVY = ("sqlmodel", "sqlalchemy", "pydantic", "alembic", "rich")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("kept") / "store.db"
    with a_programme(path) as programme:
        tell_of_the_contract(programme)
        programme.cohort("HT2024", unit="Barn och unga")
    return path


@pytest.fixture(autouse=True)
def _the_day_of_the_story(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOCREKRY_TODAY", "2026-11-20")
    monkeypatch.setenv("SOCREKRY_DB", str(kept))


def test_without_a_term_it_is_the_latest_that_has_begun(cli: Run) -> None:
    done = cli("report")
    assert done.code == 0
    assert done.out.startswith("Huddinge trainee: Socionom · cohort HT2025  As of 2026-11-20 · Internal\n")
    assert done.err == ""


@pytest.mark.parametrize(
    ("words", "term", "as_of", "cohorts"),
    [
        (["--term", "h25"], "HT2025", "2026-11-20", 1),
        (["--term", "HT2024..HT2025"], "HT2024..HT2025", "2026-11-20", 2),
        (["--as-of", "2025-03-01"], "HT2024", "2025-03-01", 1),
        (["--unit", "barn"], "HT2024", "2026-11-20", 1),
        (["--pipeline", "direct"], "HT2026", "2026-11-20", 0),
    ],
)
def test_it_counts_what_it_is_asked_for(
    cli: Run, words: list[str], term: str, as_of: str, cohorts: int
) -> None:
    found = json.loads(cli("report", *words, "--format", "json").out)
    assert (found["term"], found["as_of"], len(found["cohorts"])) == (term, as_of, cohorts)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--term", "soon"], 2, "“soon” is not a term."),
        (["--term", "HT2025..HT2024"], 2, "The range “HT2025..HT2024” ends before it begins."),
        (["--as-of", "2026-11-21"], 2, "2026-11-21 has not come yet"),
        (["--section", "gossip"], 2, "Its parts: funnel, terms, exits, time, channels,"),
        (["--section", "channels", "--public"], 2, "not part of a public report"),
        (["--compare", "HT2025"], 2, "HT2025 and HT2025 have terms in common"),
        (["--compare", "HT2024", "--section", "costs"], 2, "These can: funnel, exits and time"),
        (["--compare", "HT2024", "--view", "snapshot"], 2, "Leave out --view, or --compare."),
        (["--section", "exits", "--section", "time", "--format", "csv"], 2, "one --section at a time"),
        (["--view", "activity", "--public"], 2, "for internal use"),
        (["--view", "snapshot", "--section", "exits"], 2, "has no sections"),
        (["--view", "activity", "--term", "HT2027"], 2, "The days of HT2027 begin on 2027-06-"),
        (["--known-at", "soon"], 2, "“soon” is neither a day nor a time."),
        (["--known-at", "20261120T1"], 2, "neither a day nor a time."),
        (["--known-at", "2026-11-21"], 2, "2026-11-21 has not come yet"),
        (["--known-at", "2025-02-01", "--as-of", "2025-02-02"], 2, "Nothing was known of 2025-02-02"),
        (["--unit", "nope"], 4, "There is no unit “nope”."),
        (["--pipeline", "nope"], 4, "There is no pipeline “nope”."),
    ],
)
def test_what_cannot_be_reported_is_explained(cli: Run, words: list[str], code: int, said: str) -> None:
    done = cli("report", *words)
    assert (done.code, done.out) == (code, "")
    assert said in done.err


def test_two_terms_stand_side_by_side(cli: Run) -> None:
    done = cli("report", "--compare", "HT2024")
    assert done.out.startswith("Trainee programme for socionomer · HT2025 beside HT2024\n")
    assert "Channel" not in done.out


def test_json_of_a_comparison_has_the_rest_of_the_report_unless_a_part_is_named(cli: Run) -> None:
    whole, part = (
        json.loads(cli("report", "--compare", "HT2024", *words, "--format", "json").out)
        for words in ([], ["--section", "time"])
    )
    assert (whole["compare"]["term"], "channels" in whole, "channels" in part) == ("HT2024", True, False)
    assert {each["figure"] for each in part["compare"]["differences"]} == {
        "seats", "seats_taken", "median_days", "p80_days", "overdue", "lead_median_days", "lead_p80_days"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("moment", "as_of", "reached"),
    [
        ("2026-11-20", "2026-11-20", 41),
        ("2026-11-19", "2026-11-19", None),
        ("2026-11-20T12:00Z", "2026-11-20", 41),
    ],
)
def test_a_report_counts_what_was_known_by_a_day_or_a_time(
    cli: Run, moment: str, as_of: str, reached: int | None
) -> None:
    found = json.loads(cli("report", "--term", "HT2025", "--known-at", moment, "--format", "json").out)
    assert found["as_of"] == as_of
    assert [each["funnel"][0]["reached"] for each in found["cohorts"]] == ([reached] if reached else [])


def test_an_earlier_day_may_be_asked_about_as_it_is_known(cli: Run) -> None:
    words = ("--term", "HT2025", "--as-of", "2025-03-31", "--known-at", "2026-11-20")
    told = cli("report", *words)
    assert "As of 2025-03-31, as known 2026-11-20" in told.out
    assert told.out.replace(", as known 2026-11-20", "").split() == cli("report", *words[:4]).out.split()


def test_what_was_known_and_nobody_has_kept_is_said(
    cli: Run, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(kept.read_bytes())
    monkeypatch.setenv("SOCREKRY_DB", str(path))
    cli("add-activity", "visit", "Class of T7", "--on", "2026-11-01")
    monkeypatch.setenv("SOCREKRY_TODAY", "2026-11-21")
    cli("undo")
    told = cli("report", "--known-at", "2026-11-20", "--section", "funnel")
    assert (told.code, "1 cohort, activity or voice that was known then" in told.err) == (0, True)
    assert cli("report", "--section", "funnel").err == ""


@pytest.mark.parametrize("view", ["activity", "snapshot"])
def test_another_view_may_be_had_as_csv(cli: Run, view: str) -> None:
    lines = cli("report", "--view", view, "--term", "HT2025", "--format", "csv").out.splitlines()
    assert "pipeline,stage" in lines[0]
    assert len(lines) > 5


def test_a_part_goes_to_a_file_as_csv(cli: Run, tmp_path: Path) -> None:
    path = tmp_path / "exits.csv"
    done = cli("report", "--section", "exits", "--format", "csv", "-o", str(path))
    assert (done.code, done.out) == (0, "")
    names, first, *_ = path.read_text(encoding="utf-8").splitlines()
    assert names == "pipeline,term,unit,cohort,stage,outcome,reason,by,count,suppressed"
    assert first == "trainee,HT2025,,Huddinge trainee: Socionom,lead,no-reply,,,9,false"


def test_a_public_report_withholds_small_groups(cli: Run) -> None:
    assert "Placement       ..         0" in cli("report", "--public").out


def test_a_report_in_a_pipe_loads_nothing_slow(process: Run) -> None:
    program = (
        "import sys; from socrekry.__main__ import main; main(['report'])\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    assert process(program=program, PYTHONPATH=os.pathsep.join(sys.path)).err == "[]\n"
