"""Exported tables as files: words that no spreadsheet runs, and the same words when they are read again."""

import csv
import json
from io import BytesIO, StringIO
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook  # type: ignore[import-untyped]

from socrekry.domain.errors import InvalidInput
from socrekry.exchange import export_xlsx
from socrekry.exchange.export_csv import Style, write_csv
from socrekry.exchange.export_json import write_json
from socrekry.exchange.export_xes import write_xes
from socrekry.exchange.export_xlsx import require_room, write_xlsx
from socrekry.exchange.table_rows import unguarded
from socrekry.render.exports import as_typed, words_for_a_file
from socrekry.services.exported_columns import Column, joined, parted

COLUMNS = (
    Column("name", "text"),
    Column("closed_on", "day"),
    Column("tags", "tags"),
    Column("seq", "number"),
)
WORDS = st.text(st.characters(exclude_categories=("C", "Z")) | st.sampled_from("=+-@'\",; \n"), min_size=1)


def as_csv(*words: str, excel: bool = False, raw: bool = False) -> bytes:
    """Return a CSV with these words in its first column."""
    file = BytesIO()
    pages = [[[each, "2025-09-01", "", "7"] for each in words]] if words else []
    write_csv(COLUMNS, pages, file, Style(as_typed if raw else words_for_a_file, excel))
    return file.getvalue()


def first_column(content: bytes, mark: str = ",") -> list[str]:
    """Return the cells of the first column, as the module `csv` reads them."""
    return [row[0] for row in csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=mark)][
        1:
    ]


@given(st.lists(WORDS, min_size=1), st.booleans())
def test_words_are_read_as_they_were(words: list[str], excel: bool) -> None:
    read = first_column(as_csv(*words, excel=excel), ";" if excel else ",")
    assert [unguarded(cell) for cell in read] == words


@given(st.lists(WORDS, min_size=1))
def test_no_word_is_a_formula(words: list[str]) -> None:
    for cell in first_column(as_csv(*words)):
        number = cell[1:].replace(".", "", 1).replace(",", "", 1).isdecimal()
        assert cell.lstrip()[:1] not in set("=+-@") or (cell[0] in "+-" and number)


def test_raw_words_are_left_alone() -> None:
    assert first_column(as_csv("=1+1", "@a", raw=True)) == ["=1+1", "@a"]


def test_nothing_that_a_screen_obeys_comes_along() -> None:
    assert first_column(as_csv("An\x1b[31mna\u202e", "a\r\nb")) == ["Anna", "a\nb"]


def test_an_empty_table_has_its_first_line() -> None:
    assert as_csv().splitlines() == [b"name,closed_on,tags,seq"]


@pytest.mark.parametrize("tags", [["a"], ["a", "b"], ["två ord"], ["två ord", "b"], []])
def test_tags_in_a_cell_are_parted_again(tags: list[str]) -> None:
    assert parted(joined(tags)) == tags


def test_json_says_null_and_numbers_and_lists() -> None:
    file = BytesIO()
    write_json(COLUMNS, [[["Åsa", "", "a b", "7"]], [["Bo", "2025-09-01", "", ""]]], file)
    assert json.loads(file.getvalue()) == [
        {"name": "Åsa", "closed_on": None, "tags": ["a", "b"], "seq": 7},
        {"name": "Bo", "closed_on": "2025-09-01", "tags": [], "seq": None},
    ]


def test_json_of_nothing_is_an_empty_list() -> None:
    file = BytesIO()
    write_json(COLUMNS, [], file)
    assert json.loads(file.getvalue()) == []


def sheet_of(*words: str) -> list[tuple[object, str]]:
    """Return value and type of the first column's cells in a workbook with these words."""
    file = BytesIO()
    write_xlsx("some", COLUMNS, [[[each, "1899-09-01", "", "7"] for each in words]], file, words_for_a_file)
    return [(row[0].value, row[0].data_type) for row in load_workbook(BytesIO(file.getvalue()))["some"].rows][
        1:
    ]


def test_words_in_a_workbook_are_words() -> None:
    words = ("=1+1", "http://example.se", "+46701234567", "Åsa\nEk")
    assert sheet_of(*words) == [(each, "s") for each in words]


def test_a_workbook_keeps_the_sign_that_an_import_takes_away() -> None:
    assert [unguarded(str(value)) for value, _ in sheet_of("'=1", "'n Roll")] == ["'=1", "'n Roll"]


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_xlsx, "MOST_ROWS", 3)
    require_room(2)
    with pytest.raises(InvalidInput, match="too-many-rows"):
        require_room(3)


def test_xes_is_sound_whatever_was_typed() -> None:
    codes = ("candidate", "pipeline", "term", "cohort", "unit")
    own = (Column("case", "code"), Column("activity", "code"), Column("resource", "text"))
    columns = (*own, *(Column(name, "code") for name in codes))
    file = BytesIO()
    write_xes(columns, [[["C-1.1", "lead", 'E<&"v\na', "C-1", "", "", "", ""]]], file, as_typed)
    found = {each.get("key"): each.get("value") for each in ET.fromstring(file.getvalue()).iter()}
    assert (found["org:resource"], found["concept:name"]) == ('E<&"v\na', "lead")
