"""An ordinary placement student from the command line: assigned, seen in every list of staff, and ended."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run

ASSIGNED = "assign --external 'VFU Örebro' --supervisor S-1"


@pytest.fixture(autouse=True)
def _a_story(story: Path) -> None:
    """Work in the store of the story, where S-1 has room for two in HT2026 and S-2 for nobody."""


def test_one_in_no_pipeline_is_assigned_in_the_term_that_runs(line: Callable[..., str]) -> None:
    assert line(ASSIGNED) == "VFU Örebro, HT2026: supervisor S-1 Märta Ås\n"
    assert json.loads(line("assign --external Två --mentor märta --term VT2027 --format json")) == [
        {
            "label": "Två",
            "term": "VT2027",
            "role": "mentor",
            "id": "S-1",
            "name": "Märta Ås",
            "from_on": "2026-11-20",
            "to_on": None,
        }
    ]


def test_staff_show_her_by_her_label(line: Callable[..., str]) -> None:
    line(ASSIGNED)
    (load,) = (
        each for each in json.loads(line("staff --format json"))[0]["terms"] if each["term"] == "HT2026"
    )
    assert (load["assigned"], load["free"], load["candidates"]) == (1, 1, [])
    assert load["externals"] == [{"label": "VFU Örebro", "roles": ["supervisor"]}]
    assert "HT2026 1/2: “VFU Örebro”" in line("staff")
    assert "HT2026 1/2: ”VFU Örebro”" in line("--lang sv staff")
    assert line("staff --term HT2026").splitlines()[2].endswith("VFU Örebro")
    assert line("staff --term HT2026 --format csv").splitlines()[1].split(",")[5:8] == ["2", "1", "1"]


def test_who_has_no_room_left_is_not_free(line: Callable[..., str]) -> None:
    line(ASSIGNED)
    assert line("staff --free --term HT2026 --format ids") == "S-1\n"
    line("assign --external Två --supervisor S-1")
    assert line("staff --free --term HT2026 --format ids") == ""


def test_beyond_the_room_she_is_refused_with_those_who_are_there(line: Callable[..., str]) -> None:
    line(ASSIGNED)
    line("assign --external Två --supervisor S-1")
    said = line("assign --external Tre --supervisor S-1", 1)
    assert said.splitlines() == [
        "Märta Ås would have 3 in HT2026, and room for 2:",
        "  Tre",
        "  Två",
        "  VFU Örebro",
        "See who has room for some of them: socrekry staff --free --term HT2026",
    ]


def test_it_is_ended_by_its_label(line: Callable[..., str]) -> None:
    line(ASSIGNED)
    assert line("unassign --external örebro --supervisor") == (
        "VFU Örebro, HT2026: supervisor S-1 Märta Ås, until 2026-11-20\n"
    )
    assert "VFU Örebro" not in line("staff")
    line("undo")
    assert "VFU Örebro" in line("staff")


def test_who_leaves_is_told_whom_she_still_has(line: Callable[..., str]) -> None:
    line(ASSIGNED)
    assert "“VFU Örebro”" in line("edit-staff S-1 --left-on 2026-11-20").splitlines()[-1]


def test_a_dry_run_assigns_nobody(cli: Run, line: Callable[..., str]) -> None:
    assert "dry run" in line(f"{ASSIGNED} --dry-run")
    assert "VFU" not in cli("staff").out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("assign", 2, "No candidate was named."),
        ("unassign", 2, "No candidate was named."),
        ("assign C-1 --external X --supervisor S-1", 2, "--external"),
        ("assign C-1 --supervisor S-1 --term HT2026", 2, "--external"),
        ("assign --external X", 2, "--supervisor or --mentor"),
        ("assign --external X --supervisor S-2", 1, "edit-staff S-2 --add-role supervisor"),
        ("assign --external X --mentor S-2", 1, "room for 0"),
        ("unassign --external X", 4, "socrekry staff"),
    ],
)
def test_what_cannot_be_is_said(line: Callable[..., str], words: str, code: int, said: str) -> None:
    assert said in line(words, code)
