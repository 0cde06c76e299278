"""Facts on the command line: ids first, then what is known of them; and what does not stand after all."""

import json
from collections.abc import Callable
from typing import TypeAlias

import pytest

from socrekry.cli.exits import ExitCode
from tests.cli.conftest import Run

Line: TypeAlias = Callable[..., str]
pytestmark = pytest.mark.usefixtures("story")


def facts(cli: Run, ref: str) -> dict[str, tuple[str | None, str, str | None]]:
    """Return the facts about somebody: value, date and who saw it."""
    answer = json.loads(cli("show", ref, "--format", "json").out)
    return {each["fact"]: (each["value"], each["on"], each["seen_by"]) for each in answer["facts"]}


def test_several_facts_about_several_are_recorded_at_once(cli: Run, line: Line) -> None:
    line("record C-3 C-4 assessment degree=other-degree --on 2025-06-01 --seen-by 'Anna Ek'")
    for ref in ("C-3", "C-4"):
        assert facts(cli, ref)["assessment"] == ("yes", "2025-06-01", "Anna Ek")
        assert facts(cli, ref)["degree"] == ("other-degree", "2025-06-01", "Anna Ek")


def test_ids_come_through_a_pipe(cli: Run, line: Line) -> None:
    told = line("record - assessment", stdin="C-3.1\nC-4.1\nC-7.1\n")
    assert told.startswith("3 ids from stdin.") or told.endswith("3 ids from stdin.\n")
    assert "assessment" in facts(cli, "C-7")


def test_an_answer_names_the_event_and_not_a_move(cli: Run) -> None:
    (answer,) = json.loads(cli("record", "C-4", "assessment", "--format", "json").out)
    assert (answer["candidacy"], answer["from"], answer["to"]) == ("C-4.1", "applied", "applied")
    assert answer["events"] == ["fact-recorded"]


def test_a_fact_about_a_person_holds_in_each_of_her_candidacies(cli: Run, line: Line) -> None:
    line("record C-2.2 register-check-seen=criminal+suspicion --seen-by Ulla")
    shown = json.loads(cli("next", "C-2.1", "--format", "json").out)
    assert facts(cli, "C-2")["register-check-seen"][0] == "criminal+suspicion"
    assert shown[0]["to"] == "placement"


def test_a_fact_that_does_not_stand_is_withdrawn_and_remembered(cli: Run, line: Line) -> None:
    line("withdraw-fact C-2.1 assessment")
    assert "assessment" not in facts(cli, "C-2")
    assert line("history C-2.1").count("ssessment") >= 2


def test_a_fact_is_withdrawn_where_it_was_recorded(line: Line) -> None:
    said = line("withdraw-fact C-2.1 degree", code=ExitCode.CONFLICT)
    assert "socrekry withdraw-fact C-2.2 degree" in said


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        ("record C-4 luck", ExitCode.NOT_FOUND, "The facts there are: degree"),
        ("record C-4 degree=guess", ExitCode.USAGE, "socionomexamen"),
        ("record C-4 left", ExitCode.USAGE, "left=TEXT"),
        ("record assessment", ExitCode.USAGE, "No candidate was named."),
        ("record C-4", ExitCode.USAGE, "No candidate was named."),
        ("withdraw-fact C-4 assessment", ExitCode.NOT_FOUND, "is not recorded"),
    ],
)
def test_what_is_no_fact_is_told_with_those_there_are(line: Line, typed: str, code: int, said: str) -> None:
    assert said in line(typed, code=code)


def test_a_dry_run_keeps_no_fact(cli: Run, line: Line) -> None:
    line("record C-4 assessment --dry-run")
    assert "assessment" not in facts(cli, "C-4")
