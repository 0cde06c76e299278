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
        (["--section", "exits", "--section", "time", "--format", "csv"], 2, "one --section at a time"),
        (["--unit", "nope"], 4, "There is no unit “nope”."),
        (["--pipeline", "nope"], 4, "There is no pipeline “nope”."),
    ],
)
def test_what_cannot_be_reported_is_explained(cli: Run, words: list[str], code: int, said: str) -> None:
    done = cli("report", *words)
    assert (done.code, done.out) == (code, "")
    assert said in done.err


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
