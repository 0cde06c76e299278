"""Two reports side by side, in every form."""

import csv
import json
from collections.abc import Iterator
from io import StringIO

import pytest

from socrekry import locale
from socrekry.domain.term import parse_range
from socrekry.render.output import document
from socrekry.render.report_compare import compare_page
from socrekry.render.terminal import on_terminal
from socrekry.render.text import width
from socrekry.reports.asking import Question
from socrekry.reports.comparing import COMPARED, Comparison, comparison
from tests.render.test_report import GOLDEN, NOW
from tests.reports.programme import (
    TODAY,
    Programme,
    a_programme,
    tell_of_huddinge,
    tell_of_the_contract,
)


@pytest.fixture(scope="module")
def programme(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Programme]:
    with a_programme(tmp_path_factory.mktemp("compared") / "store.db") as programme:
        tell_of_the_contract(programme)
        tell_of_huddinge(programme)
        yield programme


def compared(programme: Programme, terms: str, other: str, *, public: bool = False) -> Comparison:
    question = Question(TODAY, parse_range(terms), public=public, sections=COMPARED)
    return comparison(programme.store, question, parse_range(other), TODAY)


def shown(found: Comparison, form: str = "table", columns: int = 80) -> str:
    return document(compare_page(found, form, COMPARED, NOW, columns), form)


@pytest.mark.parametrize(
    ("file", "public"), [("report-compare.txt", False), ("report-compare-public.txt", True)]
)
def test_a_comparison_looks_as_it_was_agreed(programme: Programme, file: str, public: bool) -> None:
    told = shown(compared(programme, "HT2025", "HT2018", public=public))
    assert told == (GOLDEN / file).read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["en", "sv"])
@pytest.mark.parametrize("other", ["HT2018", "HT2010..HT2018"])
def test_no_line_is_wider_than_a_screen(programme: Programme, other: str, language: str) -> None:
    locale.use(language)
    page = compare_page(compared(programme, "HT2025", other), "table", COMPARED, NOW, 80)
    assert max(width(line) for line in on_terminal(page, 80, painted=False).splitlines()) <= 80


def test_a_difference_on_screen_is_that_of_what_is_shown(programme: Programme) -> None:
    lines = shown(compared(programme, "HT2010..HT2013", "VT2014..HT2017")).splitlines()
    (trainees,) = [line.split() for line in lines if line.startswith("Trainee") and "%" in line]
    assert trainees == ["Trainee", "56", "%", "57", "%", "−1"]  # 0.5571 and 0.575


def test_a_wide_screen_has_more_beside_each_other(programme: Programme) -> None:
    found = compared(programme, "HT2025", "HT2018")
    narrow, wide = (shown(found, columns=columns) for columns in (80, 140))
    assert (narrow.count("\nStage "), wide.count("\nStage ")) == (3, 2)


def test_where_neither_term_has_a_cohort_that_is_said(programme: Programme) -> None:
    told = shown(compared(programme, "HT2030", "HT2029"))
    assert told == "There is no cohort in HT2030.\nThere is no cohort in HT2029.\n"


def test_a_term_that_is_to_come_is_said_to_be(programme: Programme) -> None:
    assert "HT2027 begins in 283 days · HT2025 began 445 days ago" in shown(
        compared(programme, "HT2027", "HT2025")
    )


def test_json_is_the_report_with_the_comparison(programme: Programme) -> None:
    told = json.loads(shown(compared(programme, "HT2025", "HT2018"), "json"))
    found = told["compare"]
    assert (told["term"], found["term"], found["began"], found["days"]) == (
        "HT2025", "HT2018", "2018-09-03", 3000
    )  # fmt: skip
    assert found["pipelines"][0]["funnel"][0]["reached"] == 10
    assert {
        "pipeline": "trainee", "stage": "lead", "figure": "reached", "value": 41, "compared_value": 10,
        "difference": 31,
    } in found["differences"]  # fmt: skip


def test_csv_has_a_row_a_figure(programme: Programme) -> None:
    rows = list(csv.DictReader(StringIO(shown(compared(programme, "HT2025", "HT2018"), "csv"))))
    assert rows[0] == {
        "pipeline": "trainee", "stage": "", "figure": "seats", "term": "HT2025", "value": "10",
        "compared_term": "HT2018", "compared_value": "10", "difference": "0",
    }  # fmt: skip
