"""The demo: built in a folder of its own, by lines that end as the story says, or not at all."""

import os
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

import socrekry
from socrekry.__main__ import main
from socrekry.store.connect import open_store
from tests.cli.conftest import Run, Screen

COHORT = 'socrekry add-cohort trainee HT2025 --seats 1 --name "Tre ord här"\n'
CANDIDATES = """
socrekry add-candidate "Åsa Lind" --email asa@example.com --term HT2025 --on 2025-02-03
socrekry advance asa@example.com --to offer   # ! 1
socrekry advance asa@example.com --on 2025-02-10
"""


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder of a story so short that a test may tell it; an empty folder is where we are."""
    told = tmp_path / "socrekry" / "stories" / "harjedalen" / "01.txt"
    for path, text in ((told, CANDIDATES), (told.parents[1] / "huddinge" / "01.txt", COHORT)):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(socrekry, "__file__", str(tmp_path / "socrekry" / "__init__.py"))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return told


def test_it_prints_the_report_and_says_what_to_try(story: Path, cli: Run) -> None:
    done = cli("demo")
    assert done.code == 0
    assert "HT2025" in done.out
    assert "Applied" in done.out
    assert "socrekry --db socrekry-demo/demo.db today" in done.err.replace("\\", "/")


def test_it_is_told_in_swedish(story: Path, cli: Run) -> None:
    assert "Ansökan" in cli("demo", "--lang", "sv").out


def test_the_report_comes_as_data_and_into_a_file(story: Path, cli: Run) -> None:
    done = cli("demo", "--format", "json", "-o", "report.json")
    assert (done.code, done.out) == (0, "")
    assert '"as_of": "2026-11-20"' in Path("report.json").read_text(encoding="utf-8")


def test_the_files_it_was_built_from_lie_beside_the_store(story: Path, cli: Run) -> None:
    cli("demo", "mine")
    assert sorted(os.listdir("mine")) == ["demo.db", "harjedalen", "huddinge"]
    assert Path("mine/harjedalen/01.txt").read_text(encoding="utf-8") == CANDIDATES


def test_a_second_time_it_asks_and_changes_nothing_unasked(story: Path, cli: Run) -> None:
    cli("demo")
    before = Path("socrekry-demo/demo.db").read_bytes()
    assert cli("demo").code == 3
    assert Path("socrekry-demo/demo.db").read_bytes() == before


def test_with_yes_it_is_built_anew(story: Path, cli: Run) -> None:
    cli("demo")
    cli("add-unit", "Mitt eget", "--db", "socrekry-demo/demo.db")
    assert cli("demo", "--yes").code == 0
    assert "Mitt eget" not in cli("units", "--db", "socrekry-demo/demo.db").out


def test_a_folder_with_other_things_in_it_is_left_alone(story: Path, cli: Run) -> None:
    Path("thesis.txt").touch()
    done = cli("demo", ".")
    assert (done.code, os.listdir()) == (2, ["thesis.txt"])


def test_a_place_where_no_folder_can_be_is_said(story: Path, cli: Run) -> None:
    Path("file").touch()
    done = cli("demo", "file/demo")
    assert done.code == 2
    assert "file" in done.err


def test_a_line_that_ends_otherwise_stops_it_and_leaves_nothing(story: Path, cli: Run) -> None:
    story.write_text(CANDIDATES.replace("   # ! 1", ""), encoding="utf-8")
    done = cli("demo")
    assert done.code == 70
    assert "harjedalen/01.txt, line 3" in done.err
    assert os.listdir() == []


def test_a_refusal_that_does_not_come_stops_it_too(story: Path, cli: Run) -> None:
    story.write_text(f"{CANDIDATES}socrekry cohorts   # ! 1\n", encoding="utf-8")
    assert "ended with 0 and not 1" in cli("demo").err


def test_a_failed_second_time_leaves_the_first(story: Path, cli: Run) -> None:
    cli("demo")
    before = Path("socrekry-demo/demo.db").read_bytes()
    story.write_text("socrekry cohorts   # ! 1\n", encoding="utf-8")
    assert cli("demo", "--yes").code == 70
    assert Path("socrekry-demo/demo.db").read_bytes() == before


@pytest.mark.parametrize("mine", ["mine.db", "postgresql://127.0.0.1:1/mine"])
def test_the_users_own_settings_have_no_say_in_it(
    story: Path, cli: Run, monkeypatch: pytest.MonkeyPatch, mine: str
) -> None:
    Path(os.environ["SOCREKRY_CONFIG"]).write_text('unit = "Ekonomi"\nlang = "sv"\n', encoding="utf-8")
    monkeypatch.setenv("SOCREKRY_UNIT", "Ekonomi")
    monkeypatch.setenv("SOCREKRY_DB", mine)
    done = cli("demo")
    assert (done.code, os.listdir()) == (0, ["socrekry-demo"])
    assert "Ansökan" in done.out
    assert os.environ["SOCREKRY_UNIT"] == "Ekonomi"


def test_a_person_is_asked_and_sees_how_far_it_has_come(
    story: Path, cli: Run, person: Callable[..., Screen]
) -> None:
    cli("demo")
    screen = person("y")
    assert main(["demo"]) == 0
    assert "Build it anew" in screen.getvalue()
    assert "Building the stories: 4 of 4" in screen.getvalue()


def test_on_that_very_day_nothing_is_said_of_days(
    story: Path, cli: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOCREKRY_TODAY", "2026-11-20")
    assert "SOCREKRY_TODAY" not in cli("demo").err
    monkeypatch.setenv("SOCREKRY_TODAY", "2026-11-21")
    assert "SOCREKRY_TODAY=2026-11-20" in cli("demo", "--yes").err


def test_a_wheel_brings_the_stories_along() -> None:
    project = Path(__file__).parents[2] / "pyproject.toml"
    wheel = tomllib.loads(project.read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["force-include"] == {"examples": "socrekry/stories"}


def test_the_store_is_as_careful_as_any_when_it_is_built(story: Path, cli: Run) -> None:
    cli("demo")
    with open_store("socrekry-demo/demo.db", writing=True) as store:
        assert store.engine_rows("PRAGMA synchronous") == [(2,)]  # FULL
