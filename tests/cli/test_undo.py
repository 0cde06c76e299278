"""Mending on the command line: the last change taken back as a whole, and the date of a move put right."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from socrekry.cli.exits import ExitCode
from tests.cli.conftest import Run

Line: TypeAlias = Callable[..., str]
pytestmark = pytest.mark.usefixtures("story")


def standing(cli: Run, candidacy: str) -> str:
    """Return the stage and state of a candidacy."""
    answer = json.loads(cli("list", "--all", "--format", "json").out)
    (found,) = [each for each in answer if each["candidacy"] == candidacy]
    return f"{found['state']} {found['stage']}"


@pytest.mark.parametrize(
    "typed",
    [
        "advance C-2.2",
        "close C-1 --outcome discontinued",
        "reopen C-5",
        "reserve C-3 --rank 4",
        "pause C-1 --until 2027-01-01",
        "record C-1 placement-completed",
        "withdraw-fact C-1 assessment",
        "unassign C-1 --mentor",
        "note C-1 Hej",
        "edit-candidate C-1 --phone 08-1 --tag ny",
        "transfer C-7 --unit vuxen",
    ],
)
def test_any_last_change_is_taken_back_to_what_was(line: Line, typed: str) -> None:
    ref = typed.split()[1]
    before = line(f"show {ref}")
    line(typed)
    assert line(f"show {ref}") != before or "reserve" in typed
    line(f"undo {ref}")
    assert line(f"show {ref}") == before


@pytest.mark.parametrize(
    "typed", ["add-unit Ekonomi", "add-staff 'Bo Ek' --role mentor", "add-candidate Bo --term VT2026"]
)
def test_what_was_added_by_mistake_is_gone(line: Line, typed: str) -> None:
    lists = [line(each) for each in ("units", "staff", "list --all")]
    line(typed)
    line("undo")
    assert [line(each) for each in ("units", "staff", "list --all")] == lists


def test_without_an_id_it_is_my_own_last_command(cli: Run, line: Line) -> None:
    line("advance C-2.2 C-7")
    line("note C-4 Hej --actor Eva")
    answer = json.loads(cli("undo", "--format", "json").out)
    assert answer["command"] == "advance"
    assert [each["candidacy"] for each in answer["candidacies"]] == ["C-2.2", "C-7.1"]
    assert standing(cli, "C-7.1") == "open lead"


def test_again_goes_one_further_back(cli: Run, line: Line) -> None:
    line("advance C-7")
    line("advance C-7 --override 'examen i juni'")
    line("undo C-7")
    line("undo C-7")
    assert standing(cli, "C-7.1") == "open lead"


def test_what_another_has_built_on_is_not_pulled_away(cli: Run, line: Line) -> None:
    line("advance C-7")
    line("advance C-7 --override 'examen i juni' --actor Eva")
    assert "Somebody has written to it since" in line("undo", code=ExitCode.REFUSED)
    assert standing(cli, "C-7.1") == "open interview"


def test_who_has_done_nothing_has_nothing_to_take_back(line: Line) -> None:
    assert "nothing to take back" in line("undo --actor Nobody", code=ExitCode.REFUSED)


def test_a_dry_run_says_what_would_be_taken_back(line: Line, story: Path) -> None:
    before = story.read_bytes()
    assert "Nothing was kept" in line("undo C-1 --dry-run")
    assert story.read_bytes() == before


def test_a_date_is_mended_and_nothing_else(cli: Run, line: Line) -> None:
    line("correct C-2.1 --stage selected --on 2025-05-03")
    assert standing(cli, "C-2.1") == "open selected"
    assert "2025-05-03" in line("show C-2")


@pytest.mark.parametrize(("on", "code"), [("2025-03-31", 1), ("2026-12-01", 1), ("2025-04-01", 0)])
def test_a_mended_date_keeps_the_order(line: Line, on: str, code: int) -> None:
    line(f"correct C-2.1 --stage selected --on {on}", code=code)


def test_the_history_tells_in_words_what_was_mended_and_taken_back(line: Line) -> None:
    line("correct C-2.1 --stage selected --on 2025-05-03")
    assert "The date of “Applied → Selected” is 2025-05-03" in line("history C-2.1")
    line("undo C-2.1")
    assert "Took back: the date of “Applied → Selected” is 2025-05-03" in line("history C-2.1")


def test_a_stage_it_never_stood_in_has_no_date(line: Line) -> None:
    assert "never stood" in line("correct C-2.1 --stage trainee", code=ExitCode.NOT_FOUND)
