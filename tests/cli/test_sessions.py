"""Whole sessions as a person types them: line after line, and what each comes to."""

import gc
import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import TypeAlias

import pytest

from socrekry.__main__ import main
from tests.cli.conftest import Run

Line: TypeAlias = Callable[..., str]
STUDENTS = Path(__file__).parents[2] / "examples" / "students.csv"
BEGINNING = (
    'add-unit "Barn och unga" --employer Huddinge --child-and-youth',
    "add-cohort trainee HT2025 --seats 10",
    'add-staff "Märta Ås" --role supervisor --role mentor --capacity 10',
    f"import {STUDENTS} --unit 'Barn och unga'",
)
ALL_APPLIED = "list --stage applied --format ids"
EVERYBODY = "list --stage selected --format ids"


@pytest.fixture
def funnel(cli: Run) -> Callable[[], dict[str, int]]:
    """Return how many have reached each stage of HT2025."""

    def counted() -> dict[str, int]:
        totals = json.loads(cli("report", "--term", "HT2025", "--format", "json").out)["totals"]
        return {step["stage"]: step["reached"] for step in totals["funnel"]}

    return counted


@pytest.fixture
def _a_programme(line: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin with an empty folder, and set up a term of ten seats with ten who have applied."""
    monkeypatch.setenv("SOCREKRY_DB", str(tmp_path / "socrekry.db"))
    monkeypatch.setenv("SOCREKRY_TODAY", "2025-08-25")
    monkeypatch.setenv("SOCREKRY_ACTOR", "Anna")
    for typed in BEGINNING:
        line(typed)


@pytest.mark.usefixtures("_a_programme")
class TestATermOfTenSeats:
    """The rules hold, a refusal says what helps, and what was wrong is taken back."""

    @pytest.fixture
    def _ten_are_selected(self, _a_programme: None, line: Line) -> None:
        line("advance - --with assessment --on 2025-05-20", stdin=line(ALL_APPLIED))
        line('add-candidate "Elva Ek" --email elva@example.se --graduates HT2026')
        line("advance elva")

    @pytest.mark.usefixtures("_ten_are_selected")
    def test_the_eleventh_is_refused_and_first_in_line_when_a_seat_falls_free(self, line: Line) -> None:
        refused = line("advance elva --with assessment", code=1)
        assert "No seat is free: 10 of 10 are taken.\n    socrekry reserve C-11.1" in refused
        line("reserve C-11.1")
        freed = line("close C-3 --outcome declined --reason 'valde annan kommun'")
        assert "first in line: C-11.1 Elva Ek\n    socrekry advance C-11.1" in freed
        assert "C-11.1  Elva Ek" in line("today")
        assert "Reserve → Selected" in line("advance C-11.1 --with assessment")

    @pytest.mark.usefixtures("_ten_are_selected")
    def test_whoever_took_the_last_seat_keeps_it(self, line: Line) -> None:
        line("close C-3 --outcome declined")
        line("advance elva --with assessment")
        for typed in ("reopen C-3", "undo C-3"):
            assert "No seat is free: 10 of 10 are taken." in line(typed, code=1)
        assert line("cohorts --format csv").splitlines()[1].split(",")[6:9] == ["10", "10", "0"]

    @pytest.mark.usefixtures("_ten_are_selected")
    def test_placement_asks_for_a_supervisor_and_is_reached_in_one_command(self, line: Line) -> None:
        refused = line("advance C-1", code=1)
        assert "No supervisor is assigned.\n    socrekry assign C-1.1 --supervisor S-…" in refused
        assert "No supervisor" in line("advance C-1 --override 'bråttom'", code=1)
        moved = line("advance C-1 --with university-confirmed --supervisor S-1 --mentor S-1")
        assert moved == "C-1.1 Alva Nyberg: Selected → Placement, 2025-08-25\n"

    @pytest.mark.usefixtures("_ten_are_selected")
    def test_undo_gives_all_of_it_back_and_the_funnel_follows(
        self, line: Line, funnel: Callable[[], dict[str, int]]
    ) -> None:
        shown, counted = line("show C-1"), funnel()
        line("advance C-1 --with university-confirmed --supervisor S-1 --mentor S-1")
        assert funnel()["placement"] == counted["placement"] + 1
        assert "taken back: Placement → Selected" in line("undo")
        assert (line("show C-1"), funnel()) == (shown, counted)
        assert "No supervisor is assigned." in line("advance C-1", code=1)

    def test_ten_students_come_from_a_file_to_placement_in_few_lines(
        self, line: Line, funnel: Callable[[], dict[str, int]]
    ) -> None:
        session = [
            ("advance - --with assessment --on 2025-05-20", ALL_APPLIED),
            ("advance - --with university-confirmed --supervisor Märta --mentor Märta", EVERYBODY),
        ]
        for typed, ids in session:
            line(typed, stdin=line(ids))
        assert funnel()["placement"] == 10
        assert len(BEGINNING) + 2 * len(session) < 15

    @pytest.mark.usefixtures("_ten_are_selected")
    def test_thirty_at_a_time_are_taken_back_at_a_time(self, line: Line) -> None:
        line("advance - --with university-confirmed --supervisor S-1 --mentor S-1", stdin=line(EVERYBODY))
        assert line(EVERYBODY) == ""
        assert line("undo").count("Placement → Selected") == 10
        assert len(line(EVERYBODY).split()) == 10


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give the store of the demo, built once."""
    folder = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOCREKRY_CONFIG", str(folder / "config.toml"))
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()) as said:
            assert main(["demo", str(folder / "demo")]) == 0, said.getvalue()
    gc.enable()  # a command has switched it off
    return str(folder / "demo" / "demo.db")


@pytest.fixture
def _at_the_demo(demo: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOCREKRY_DB", demo)
    monkeypatch.setenv("SOCREKRY_TODAY", "2026-11-20")


@pytest.mark.usefixtures("_at_the_demo")
class TestTheFoundingStory:
    """The published figures, in both languages, on every kind of screen and on none."""

    @pytest.mark.parametrize(
        ("language", "stages"),
        [("en", ("Placement", "Trainee", "Hired")), ("sv", ("VFU", "Trainee", "Avtal klart"))],
    )
    def test_nine_years_come_to_the_published_figures(
        self, line: Line, language: str, stages: tuple[str, ...]
    ) -> None:
        shown = line(f"report --term HT2010..HT2018 --pipeline trainee --lang {language}").splitlines()
        rows = [next(each for each in shown if each.startswith(f"{stage}  ")) for stage in stages]
        numbers = [[word for word in row.split() if word.isdecimal()] for row in rows]
        assert [row[0] for row in numbers] == ["170", "97", "69"]
        assert [row[-2:] for row in numbers] == [["100", "100"], ["57", "57"], ["71", "41"]]
        assert all(row.count(" %") == 2 for row in rows)

    def test_today_names_what_waits_each_with_its_command(self, line: Line) -> None:
        shown = line("today").splitlines()
        waiting = [each for each in shown if each.startswith("C-")]
        assert len(waiting) == 6
        assert all("  socrekry " in each for each in waiting)

    @pytest.mark.parametrize(
        "typed", ["today", "list", "report --term HT2025", "cohorts", "--help", "list --help"]
    )
    def test_nothing_in_a_pipe_is_painted(self, process: Run, typed: str) -> None:
        done = process(*typed.split(), FORCE_COLOR="1", CLICOLOR_FORCE="1", TERM="xterm-256color")
        assert (done.code, done.err, "\x1b" in done.out) == (0, "", False)

    def test_a_file_holds_what_a_pipe_does(self, line: Line, tmp_path: Path) -> None:
        piped = line("report --term HT2025 --lang sv")
        line(f"report --term HT2025 --lang sv -o {tmp_path / 'rapport.txt'}")
        assert (tmp_path / "rapport.txt").read_text(encoding="utf-8") == piped
        assert "Läget 2026-11-20" in piped

    @pytest.mark.skipif(os.name == "nt", reason="a terminal of another kind")
    @pytest.mark.parametrize(
        ("environment", "painted"),
        [({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False), ({"TERM": "xterm"}, True)],
    )
    def test_a_terminal_is_painted_unless_it_says_no(
        self, terminal: Run, environment: dict[str, str], painted: bool
    ) -> None:
        for typed in ("today", "show C-227", "report --term HT2025"):
            done = terminal(*typed.split(), **environment)
            assert (done.code, "\x1b[" in done.out) == (0, painted)

    @pytest.mark.skipif(os.name == "nt", reason="a terminal of another kind")
    def test_socrekry_alone_says_on_a_terminal_what_waits(self, terminal: Run) -> None:
        assert "Dilan Kaya" in terminal(NO_COLOR="1").out

    @pytest.mark.parametrize("columns", [80, 140])
    def test_the_report_is_whole_at_any_width(self, terminal: Run, columns: int) -> None:
        shown = terminal("report", "--term", "HT2025", COLUMNS=str(columns), NO_COLOR="1").out
        assert max(map(len, shown.splitlines())) <= columns
        assert "…" not in shown
        assert "förkunskaper saknas" in " ".join(shown.split())

    def test_json_is_the_same_byte_for_byte_on_a_terminal(self, line: Line, terminal: Run) -> None:
        piped = line("report --term HT2025 --format json")
        shown = terminal("report", "--term", "HT2025", "--format", "json").out
        times = '"generated_at"'
        assert [each for each in shown.splitlines() if times not in each] == [
            each for each in piped.splitlines() if times not in each
        ]

    def test_a_shell_pipe_carries_ids_from_one_command_to_the_next(self, demo: str) -> None:
        socrekry = f"{sys.executable} -m socrekry"
        command = (
            f"{socrekry} list --term HT2026 --stage placement --format ids | {socrekry} advance - --dry-run"
        )
        done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert done.stderr == "8 ids from stdin.\n"
        assert done.stdout.count(": refused") == 8
