"""JSON, CSV and ids: what other programs read, the same everywhere, and safe to open."""

import csv
import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socrekry.domain.errors import InvalidInput
from socrekry.exchange.tables import unguarded
from socrekry.render.csvout import csv_document, guarded
from socrekry.render.jsonout import as_json, json_document
from socrekry.render.output import document
from socrekry.render.parts import Line, Page, Rows
from socrekry.render.text import clean
from tests.render.pages import A_REPORT, HARMLESS, HOSTILE, a_page_of

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize(
    ("form", "name"), [("json", "report.json"), ("csv", "report.csv"), ("ids", "report.ids")]
)
def test_a_document_looks_as_it_was_agreed(form: str, name: str) -> None:
    assert document(A_REPORT, form) == (GOLDEN / name).read_text(encoding="utf-8")


def test_json_may_be_made_when_it_is_asked_for() -> None:
    page = Page([], json=lambda: [date(2026, 11, 20)])
    assert json_document(page) == '[\n  "2026-11-20"\n]\n'


@given(st.text())
def test_json_loses_no_character_and_shows_no_control(typed: str) -> None:
    written = as_json([typed])
    assert json.loads(written) == [typed]
    assert all(line.isprintable() or "\u00a0" in line for line in written.split("\n"))


@pytest.mark.parametrize("value", [{1, 2}, float("nan")])
def test_what_json_cannot_hold_is_a_bug_not_a_guess(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        as_json(value)


def test_a_record_in_csv_is_one_harmless_line() -> None:
    assert csv_document(a_page_of(HOSTILE).rows or Rows((), ())) == f"name\n{HARMLESS}\n"


@pytest.mark.parametrize(
    "cell", ["=1+1", "+46 70", "-x", "@sum", "\t=1", "\r1", " =1", "'=1", "-1-1", "-5\n"]
)
def test_a_cell_that_a_spreadsheet_would_run_is_guarded(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-5", "+46701234567", "-2.5", "-2,5", "", "O'Hara", "'s-Gravenhage", "a=b"])
def test_a_number_or_an_ordinary_text_is_left_alone(cell: str) -> None:
    assert guarded(cell) == cell


@given(st.text("'=+-@ \t\r7a"))
def test_a_guarded_text_comes_back_as_it_was(typed: str) -> None:
    assert unguarded(guarded(typed)) == typed


@given(st.lists(st.tuples(st.text(), st.text()), max_size=5))
def test_records_come_back_from_csv(records: list[tuple[str, str]]) -> None:
    written = csv_document(Rows(("a", "b"), records))
    read = [tuple(map(unguarded, row)) for row in csv.reader(StringIO(written))]
    assert read == [("a", "b"), *((clean(a), clean(b)) for a, b in records)]


def test_raw_csv_is_not_guarded() -> None:
    assert csv_document(Rows(("a",), [("=1",)]), raw=True) == "a\n=1\n"


@pytest.mark.parametrize("form", ["csv", "ids", "xml"])
def test_a_form_that_an_answer_does_not_have_names_those_it_has(form: str) -> None:
    with pytest.raises(InvalidInput) as error:
        document(Page([Line("only words")], json={}), form)
    assert (error.value.code, error.value.details) == (
        "format-not-offered",
        {"format": form, "formats": ["table", "json"]},
    )
