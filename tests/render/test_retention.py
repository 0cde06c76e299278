"""Who stays, as it looks: calm, whole at 80 columns, and never a share without what is not known."""

import csv
import json
from collections.abc import Iterator
from datetime import date
from io import StringIO
from pathlib import Path

import pytest

from socrekry import locale
from socrekry.domain.term import parse_range
from socrekry.render.output import document
from socrekry.render.retention import document as marks_document
from socrekry.render.retention import line, retention_page
from socrekry.render.terminal import on_terminal
from socrekry.render.text import width
from socrekry.reports.asking import Question, every_term, scope_of
from socrekry.reports.retention import Mark, Retention, retention
from tests.reports.programme import TODAY, Programme, a_programme
from tests.reports.starting import a_cohort, a_short_programme, a_starter, a_supervisor

GOLDEN = Path(__file__).parent.parent / "golden"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Programme]:
    """Give a programme whose figures are those of the agreed line: 11 of 13, and 7 of 10 with 2 unknown."""
    with a_programme(tmp_path_factory.mktemp("told") / "store.db") as programme:
        cohort = a_cohort(a_short_programme(programme), "HT2023", "Huddinge")
        a_supervisor(programme, "Kerstin Åkesson")
        for times, on, said in (
            (7, "2024-08-01", "still 2026-08-01"),
            (1, "2024-08-01", "still 2025-08-01 left:flyttade 2026-02-01"),
            (2, "2024-08-01", "still 2025-08-01"),
            (1, "2025-08-01", "still 2026-08-01"),
            (1, "2025-08-01", "left:högre_lön 2025-12-01"),
            (1, "2025-08-01", "left:högre_lön 2026-05-01"),
            (2, "2026-03-01", ""),
        ):
            for n in range(times):
                a_starter(programme, cohort, on, said, "S-1" if n % 2 else "")
        yield programme


def asked(programme: Programme, by: str | None = None, terms: str | None = None) -> Retention:
    question = Question(TODAY, parse_range(terms) if terms else None)
    return retention(programme.store, scope_of(programme.store, question, TODAY, every_term), by)


def shown(found: Retention, form: str = "table") -> str:
    return document(retention_page(found), form)


@pytest.mark.parametrize("language", ["en", "sv"])
def test_it_looks_as_it_was_agreed(told: Programme, language: str) -> None:
    locale.use(language)
    golden = GOLDEN / f"retention-{language}.txt"
    assert shown(asked(told, "supervisor")) == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["en", "sv"])
def test_no_line_is_wider_than_a_screen(told: Programme, language: str) -> None:
    locale.use(language)
    page = on_terminal(retention_page(asked(told, "supervisor")), 80, painted=False)
    assert max(map(width, page.splitlines())) <= 80


def test_the_line_of_a_report_says_what_is_not_known(told: Programme) -> None:
    assert line(asked(told)) == "Still employed: 12 months 11 of 13 · 24 months 7 of 10 (2 unknown)"


def test_the_line_falls_back_on_the_half_year_and_is_silent_before_it(told: Programme) -> None:
    found = asked(told)
    half = found._replace(marks=(Mark(6, 2, 1, 0, 1, 0), Mark(12, 0, 0, 0, 0, 2), Mark(24, 0, 0, 0, 0, 2)))
    assert line(half) == "Still employed: 6 months 1 of 2 (1 unknown)"
    assert line(half._replace(marks=half.marks[1:])) is None


def test_json_is_marks_with_shares_and_groups_with_the_same(told: Programme) -> None:
    found = asked(told, "supervisor")
    answer = json.loads(shown(found, "json"))
    assert (answer["term"], answer["as_of"], answer["started"], answer["by"]) == (
        "HT2023",
        "2026-11-20",
        15,
        "supervisor",
    )
    assert answer["retention"] == marks_document(found)
    assert answer["retention"][2] == {
        "months": 24,
        "due": 10,
        "still_employed": 7,
        "left": 1,
        "unknown": 2,
        "not_yet": 5,
        "share": 0.7,
        "share_of_known": 0.875,
    }
    assert [each["group"] for each in answer["groups"]] == ["Kerstin Åkesson", None]
    assert sum(each["retention"][1]["due"] for each in answer["groups"]) == 13
    assert answer["reasons"] == [{"reason": "högre lön", "count": 2}, {"reason": "flyttade", "count": 1}]


@pytest.mark.parametrize(("by", "records"), [(None, 3), ("supervisor", 6)])
def test_csv_is_a_mark_of_a_group_a_row(told: Programme, by: str | None, records: int) -> None:
    rows = list(csv.DictReader(StringIO(shown(asked(told, by), "csv"))))
    assert len(rows) == records
    assert sum(int(row["due"]) for row in rows if row["months"] == "12") == 13
    assert {row["by"] for row in rows} == {by or ""}


def test_where_nobody_has_started_it_says_so(programme_without_starters: Programme) -> None:
    found = asked(programme_without_starters)
    assert "Nobody has started yet." in shown(found)
    assert line(found) is None
    assert json.loads(shown(found, "json"))["retention"][0]["share"] is None


@pytest.fixture
def programme_without_starters(tmp_path: Path) -> Iterator[Programme]:
    with a_programme(tmp_path / "store.db") as programme:
        yield programme


@pytest.mark.parametrize("by", ["channel", "unit", "university"])
def test_those_of_whom_it_is_not_known_are_a_group_with_a_name(told: Programme, by: str) -> None:
    names = {"channel": "No known contact", "unit": "Without a unit", "university": "Unknown university"}
    assert f"\n{names[by]}  " in shown(asked(told, by))


def test_one_term_is_named_alone(told: Programme) -> None:
    assert shown(asked(told, terms="HT2023")).startswith("Still employed · cohort HT2023  ")
    assert asked(told, terms="VT2022..HT2023").as_of == date(2026, 11, 20)
    assert "cohorts VT2022–HT2023" in shown(asked(told, terms="VT2022..HT2023"))
