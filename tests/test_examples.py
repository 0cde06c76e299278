"""The examples are true: they run, their figures are the published ones, and no file is there for nothing."""

import gc
import json
import runpy
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest

from socrekry.__main__ import main
from socrekry.exchange.stories import chapters
from socrekry.exchange.tables import Table, opened_table

EXAMPLES = Path(__file__).parent.parent / "examples"
HISTORY = EXAMPLES / "huddinge" / "history-2010-2018.csv"
WORKBOOK = EXAMPLES / "from-a-spreadsheet" / "kandidater.xlsx"
MAPPED = (
    *("Nr=", "Mobilnr=phone", "Klar=graduates", "Första kontakt=source", "VFU start=placement_on"),
    *("Trainee från=trainee_on", "Avtal skrivet=hired_on", "Varför=reason"),
)
FILES = sorted(path for path in EXAMPLES.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
TOLD = list(chapters(str(EXAMPLES)))
MAIN_PATH = ("lead", "applied", "selected", "placement", "trainee", "offer", "hired", "started")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give the store of the demo, with every line of every story run."""
    folder = tmp_path_factory.mktemp("examples")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOCREKRY_CONFIG", str(folder / "config.toml"))
        patch.setenv("SOCREKRY_TODAY", "2026-11-20")
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()) as said:
            assert main(["demo", str(folder / "demo")]) == 0, said.getvalue()
        yield folder / "demo" / "demo.db"
    gc.enable()  # a command has switched it off


def asked(store: Path, *words: str) -> Any:
    """Return what a command answers, as JSON read back."""
    with redirect_stdout(StringIO()) as answer:
        assert main([*words, "--db", str(store), "--format", "json"]) == 0
    return json.loads(answer.getvalue())


def funnel(store: Path, *words: str) -> dict[str, dict[str, Any]]:
    """Return the trainee funnel that a report shows, by stage."""
    answer = asked(store, "report", "--pipeline", "trainee", *words)
    return {step["stage"]: step for step in answer["totals"]["funnel"]}


def test_the_history_is_what_its_script_writes() -> None:
    written = runpy.run_path(str(EXAMPLES / "huddinge" / "build_history.py"))["text"]()
    assert HISTORY.read_text(encoding="utf-8") == written


def test_seventeen_terms_give_the_published_totals(demo: Path) -> None:
    steps = funnel(demo, "--term", "HT2010..HT2018")
    assert [steps[stage]["reached"] for stage in MAIN_PATH] == [170] * 4 + [97] * 2 + [69] * 2
    assert round(steps["trainee"]["of_previous"], 2) == 0.57
    assert round(steps["hired"]["of_previous"], 2) == 0.71
    assert round(steps["started"]["of_base"], 2) == 0.41


@pytest.mark.parametrize(
    ("term", "reached", "here"),
    [
        ("HT2024", [34, 24, 11, 10, 8, 7, 6, 6], {"started": 6}),
        ("HT2025", [41, 28, 12, 10, 9, 4, 2, 0], {"trainee": 4, "offer": 2, "hired": 2}),
        ("HT2026", [33, 26, 13, 10, 0, 0, 0, 0], {"applied": 1, "selected": 1, "placement": 8}),
    ],
)
def test_the_living_cohorts_stand_where_they_should(
    demo: Path, term: str, reached: list[int], here: dict[str, int]
) -> None:
    steps = funnel(demo, "--term", term)
    assert [steps[stage]["reached"] or 0 for stage in MAIN_PATH] == reached
    assert {name: step["in_stage"] for name, step in steps.items() if step["in_stage"]} == here


def test_three_names_came_of_the_class_visit(demo: Path) -> None:
    answer = asked(demo, "report", "--term", "HT2015", "--pipeline", "direct")
    assert [step["reached"] for step in answer["totals"]["funnel"]] == [3, 3, 3, 2, 2, 1, 1]


def test_a_handful_of_things_wait_and_no_two_are_alike(demo: Path) -> None:
    kinds = [each["kind"] for each in asked(demo, "today")]
    assert len(kinds) == len(set(kinds)) == 6


def kinds_of(store: Path, *words: str) -> dict[str | None, dict[str, Any]]:
    """Return the channels by kind."""
    return {each["kind"]: each for each in asked(store, "channels", *words)["kinds"]}


def test_the_ads_brought_no_qualified_applicant_and_the_visit_three_names(demo: Path) -> None:
    kinds = kinds_of(demo, "--term", "HT2014..HT2015", "--unit", "IFO Härjedalen")
    figures = ("applied", "qualified", "hired", "cost", "cost_per_qualified")
    assert {kind: [each[name] for name in figures] for kind, each in kinds.items()} == {
        "ad": [16, 0, 0, 41_200, None],
        "visit": [3, 3, 1, 3_600, 1_200],
    }


def test_the_visits_of_a_term_cost_less_than_its_ad_and_brought_more(demo: Path) -> None:
    kinds = kinds_of(demo, "--term", "HT2025")
    figures = ("leads", "applied", "qualified", "hired", "cost", "cost_per_hire")
    assert [kinds["visit"][name] for name in figures] == [18, 14, 7, 1, 8_400, 8_400]
    assert [kinds["ad"][name] for name in figures] == [7, 5, 1, 0, 14_500, None]


def test_a_visit_pays_off_a_year_later_and_its_cost_follows(demo: Path) -> None:
    costs = {
        term: {each["title"]: each["cost"] for each in asked(demo, "channels", "--term", term)["channels"]}
        for term in ("HT2025", "HT2026")
    }
    title = "Klassbesök Södertörn 2025"
    assert (costs["HT2025"][title], costs["HT2026"][title]) == (2_100, 300)


def test_the_agency_cost_what_was_published(demo: Path) -> None:
    answer = asked(demo, "costs", "--from", "2015", "--to", "2018")
    assert [each["agency"] for each in answer["periods"]] == [1_500_000, 5_670_000, 8_700_000, 6_900_000]
    assert answer["totals"]["agency"] == 22_770_000


def test_what_was_wished_and_feared_is_heard(demo: Path) -> None:
    heard = asked(demo, "voices", "--term", "HT2015")["voices"]
    assert {each["kind"]: each["theme"] for each in reversed(heard)} == {
        "wish": "introduction",
        "concern": "workload",
        "praise": "public-image",
    }


def test_the_forecast_is_held_against_the_need(demo: Path) -> None:
    terms = {each["term"]: each for each in asked(demo, "forecast")["terms"]}
    coming = terms["VT2027"]
    assert (coming["need"], coming["signed"]) == (6, 2)
    assert 2 < coming["low"] <= coming["expected"] <= coming["high"] <= 8


def test_a_candidate_with_protected_identity_is_counted_and_not_named(demo: Path) -> None:
    with redirect_stdout(StringIO()) as answer:
        main(["list", "--db", str(demo), "--all", "--format", "csv"])
    assert "Skyddade personuppgifter, kandidat 1" in answer.getvalue()
    assert "Yusufi" not in answer.getvalue()


def test_the_store_is_whole(demo: Path) -> None:
    with redirect_stdout(StringIO()) as answer:
        assert main(["check", "--db", str(demo)]) == 0, answer.getvalue()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(EXAMPLES).as_posix())
def test_no_file_is_there_for_nothing(path: Path) -> None:
    run = {str(Path(chapter.folder, chapter.name.rpartition("/")[2])) for chapter in TOLD}
    read = {
        str(Path(chapter.folder, word)) for chapter in TOLD for line in chapter.lines for word in line.words
    }
    tested_here_and_below = {"README.md", "build_history.py", "students.csv", "pipeline.toml"}
    tested_here_and_below |= {"build_workbook.py", "kandidater.xlsx"}
    assert str(path) in run | read or path.name in tested_here_and_below


@pytest.mark.parametrize("path", [path for path in FILES if path.name == "pipeline.toml"])
def test_an_example_of_a_pipeline_has_no_defect(path: Path) -> None:
    with redirect_stdout(StringIO()) as answer:
        assert main(["pipeline", "check", str(path)]) == 0, answer.getvalue()


def test_the_list_of_students_can_be_imported(demo: Path) -> None:
    words = [
        "import",
        str(EXAMPLES / "students.csv"),
        "--pipeline",
        "trainee",
        "--term",
        "HT2026",
        "--dry-run",
    ]
    with redirect_stdout(StringIO()) as answer:
        assert main([*words, "--db", str(demo)]) == 0, answer.getvalue()


def test_the_workbook_is_what_its_script_writes() -> None:
    written = runpy.run_path(str(WORKBOOK.with_name("build_workbook.py")))["content"]()
    for sheet in ("HT2025", "VT2026", "Sammanställning", "Listor"):
        with opened_table(str(WORKBOOK), None, sheet=sheet) as kept:
            assert list(kept.rows()) == list(Table("new", BytesIO(written), sheet=sheet).rows())


def answered(words: Sequence[str]) -> tuple[int, dict[str, Any]]:
    """Return the exit code of a command and what it answers, in JSON on stdout or on stderr."""
    with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
        code = main([*words, "--format", "json"])
    return code, json.loads(out.getvalue() or err.getvalue())


@pytest.fixture
def programme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the command that imports the workbook, in a store with its cohorts and its supervisors."""
    monkeypatch.setenv("SOCREKRY_TODAY", "2026-11-20")
    monkeypatch.setenv("SOCREKRY_DB", str(tmp_path / "store.db"))
    for term in ("HT2025", "VT2026"):
        answered(["add-cohort", "trainee", term, "--seats", "10"])
    for name in ("Karin Sjödin", "Per-Olof Ahl", "Lena Hult"):
        answered(["add-staff", name, "--role", "supervisor", "--capacity", "4"])
    return ["import", str(WORKBOOK), *(word for each in MAPPED for word in ("--map", each))]


def test_the_workbook_of_a_municipality_asks_for_a_sheet_and_for_what_columns_are(
    programme: list[str],
) -> None:
    assert answered(programme)[1]["error"]["code"] == "sheet-unclear"
    assert answered([*programme[:2], "--sheet", "HT2025"])[1]["error"]["code"] == "columns-unfit"


def test_its_good_rows_are_imported_and_its_bad_ones_told(programme: list[str]) -> None:
    code, answer = answered([*programme, "--sheet", "HT2025", "--term", "HT2025", "--keep-good"])
    assert (code, len(answer["imported"]), {each["line"] for each in answer["bad"]}) == (1, 14, {13, 17, 23})
    again = ("--sheet", "VT2026", "--term", "VT2026", "--on-duplicate", "update")
    code, answer = answered([*programme, *again])
    assert (code, len(answer["imported"]), len(answer["updated"])) == (0, 4, 1)


@pytest.mark.parametrize("path", [path for path in FILES if path.suffix == ".md"])
def test_a_page_points_to_files_that_are_there(path: Path) -> None:
    linked = [part.partition(")")[0] for part in path.read_text(encoding="utf-8").split("](")[1:]]
    assert [name for name in linked if "://" not in name and not (path.parent / name).exists()] == []


def test_every_address_is_one_that_nobody_can_have() -> None:
    stories = [path for path in FILES if path.parent != EXAMPLES and path.suffix in (".csv", ".txt")]
    pages = [path.read_text(encoding="utf-8") for path in stories]
    words = [word for page in pages for word in page.replace(";", " ").split() if "@" in word]
    assert words
    assert [word for word in words if not word.endswith("@example.com")] == []
