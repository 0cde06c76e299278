"""What to do now: every way on from here with its guards, and what waits on a Monday morning."""

import json
from collections.abc import Callable
from typing import TypeAlias

import pytest

from socrekry.cli.exits import ExitCode
from tests.cli.conftest import Run

Line: TypeAlias = Callable[..., str]
pytestmark = pytest.mark.usefixtures("story")


def test_next_has_every_way_and_every_guard_met_or_not(cli: Run) -> None:
    ways = json.loads(cli("next", "C-4", "--format", "json").out)
    assert [(each["to"], each["allowed"]) for each in ways] == [("reserve", True), ("selected", False)]
    assert {"to", "transition", "allowed", "guards"} == ways[0].keys()
    assert [(each["guard"], each["met"]) for each in ways[1]["guards"]] == [
        ("assessment", False), ("free-seat", False)
    ]  # fmt: skip


def test_the_remedy_is_a_command_that_helps(line: Line) -> None:
    assert "socrekry record C-2.1 university-confirmed" in line("next C-2.1")
    line("record C-2.1 university-confirmed")
    assert "socrekry record C-2.1 university-confirmed" not in line("next C-2.1")


def test_what_is_closed_has_no_way_on(cli: Run) -> None:
    assert json.loads(cli("next", "C-5", "--format", "json").out) == []
    assert cli("next", "C-5").out.count("\n") >= 1


def test_today_names_a_kind_a_candidate_and_a_command(cli: Run) -> None:
    waiting = json.loads(cli("today", "--format", "json").out)
    assert {each["kind"] for each in waiting} == {"overdue", "placement-without-supervisor"}
    assert all(each["command"].startswith("socrekry ") for each in waiting)


def test_each_command_of_today_runs_as_it_stands(cli: Run, line: Line) -> None:
    for each in json.loads(cli("today", "--format", "json").out):
        if "…" not in each["command"]:
            line(each["command"].removeprefix("socrekry "))


def test_a_seat_that_falls_free_waits_for_the_first_in_line(
    cli: Run, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOCREKRY_TODAY", "2025-10-01")
    line("close C-2.1 --outcome declined")
    waiting = json.loads(cli("today", "--format", "json").out)
    (found,) = [each for each in waiting if each["id"] == "C-3.1" and each["kind"] != "overdue"]
    assert found["command"] == "socrekry advance C-3.1 --to selected"


def test_one_unit_sees_its_own(line: Line) -> None:
    assert "C-2.1" not in line("today --unit vuxen")
    assert "C-2.1" in line("today --unit 'barn och unga'")
    line("today --unit Ekonomi", code=ExitCode.NOT_FOUND)


def test_further_ahead_there_is_more(line: Line) -> None:
    line("pause C-7 --until 2027-03-01")
    assert "2027-03-01" not in line("today")
    assert "2027-03-01" in line("today --days 200")


def test_an_empty_day_says_so(line: Line) -> None:
    assert line("today --unit vuxen --days 0").strip()


def test_today_speaks_swedish(line: Line) -> None:
    assert "Antagen" in line("today --lang sv")


def test_a_morning_with_many_of_a_kind_shows_twenty_and_says_so(
    cli: Run, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOCREKRY_TODAY", "2025-09-01")
    for number in range(25):
        line(f"add-candidate 'Nr {number}' --pipeline trainee --term HT2025 --on 2025-05-01")
    overdue = [each for each in json.loads(cli("today", "--format", "json").out) if each["kind"] == "overdue"]
    screen = line("today")
    assert f"20 of {len(overdue)}; --all shows the others." in screen
    assert line("today --all").count("expected until") == len(overdue) > screen.count("expected until")
