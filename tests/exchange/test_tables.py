"""A CSV file as other programs write it becomes rows with their lines, or an error that says why not."""

import csv
from io import StringIO
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socrekry.domain.errors import InvalidInput
from socrekry.exchange.tables import opened_table, unguarded
from socrekry.render.csvout import guarded
from tests.exchange.files import a_table

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0\r\n"), max_size=12)
PLAIN = st.text(st.characters(min_codepoint=33, max_codepoint=383), min_size=1).map(
    lambda text: normalize("NFC", text.strip()) or "x"
)


def cells(text: str | bytes) -> list[tuple[str, ...]]:
    """Return the cells of every row below the first."""
    return [row.cells for row in a_table(text).rows()]


@given(st.lists(st.tuples(PLAIN, PLAIN), min_size=1), st.sampled_from(",;\t"))
def test_what_a_spreadsheet_writes_is_read_back(given_rows: list[tuple[str, str]], mark: str) -> None:
    written = StringIO()
    csv.writer(written, delimiter=mark).writerows([("name", "email"), *given_rows])
    assert cells(written.getvalue()) == [tuple(map(unguarded, row)) for row in given_rows]


@given(TEXT)
def test_a_cell_that_we_kept_from_being_run_is_read_back_as_it_was(text: str) -> None:
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_the_mark_between_cells_is_found_in_the_first_line(mark: str) -> None:
    assert cells(f'name{mark}"a,b;c,d;e,f"\nEva{mark}x\n') == [("Eva", "x")]


def test_the_mark_that_excel_announces_is_no_row() -> None:
    table = a_table("sep=;\r\nname;email\r\nEva;e@x.se\r\n")
    assert [row.line for row in table.rows()] == [3]
    assert table.header.cells == ("name", "email")


@pytest.mark.parametrize(
    "text", [b"\xef\xbb\xbfnamn\nEva\n", "namn\r\nEva\r\n", "namn\nEva", "\n\nnamn\n\nEva"]
)
def test_marks_blank_lines_and_line_ends_do_not_matter(text: str | bytes) -> None:
    table = a_table(text)
    assert (table.header.cells, [row.cells for row in table.rows()]) == (("namn",), [("Eva",)])


def test_rows_without_anything_in_them_are_passed_over() -> None:
    assert cells("name;email\n;\nEva;\n ; \n") == [("Eva", "")]


def test_a_row_has_the_line_on_which_it_begins() -> None:
    table = a_table('name,note\nEva,"two\nlines"\nBo,one\n')
    assert [row.line for row in table.rows()] == [2, 4]


def test_letters_in_two_parts_become_one() -> None:
    assert cells("name\nA\u030asa") == [("Åsa",)]


def test_a_quotation_mark_out_of_place_is_a_defect_of_its_row_alone() -> None:
    rows = list(a_table('name,email\n"Eva"x,e\nBo,b\n').rows())
    assert [(row.line, row.defect) for row in rows] == [(2, "quote-misplaced"), (3, "")]


def test_a_quotation_mark_that_is_never_closed_is_told_where_it_opens() -> None:
    rows = list(a_table('name,email\nBo,b\n"Eva,e\nCia,c\n').rows())
    assert [(row.line, row.defect) for row in rows] == [(2, ""), (3, "quote-unclosed")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        (b"\n \n", "file-empty"),
        (b"name,email\n", "file-without-rows"),
        ("namn\nÅsa\n".encode("latin-1"), "file-not-text"),
        ("namn\nEva\n".encode("utf-16"), "file-not-text"),
        (b"name\nE\0va\n", "file-not-text"),
        (b"PK\x03\x04....", "file-is-a-workbook"),
        (b"\xd0\xcf\x11\xe0....", "file-is-a-workbook"),
    ],
)
def test_what_is_no_table_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        cells(content)
    assert refused.value.code == code


def test_a_byte_that_is_not_utf_8_is_told_with_its_line() -> None:
    with pytest.raises(InvalidInput) as refused:
        cells(b"namn\nEva\nG\xf6ran\n")
    assert refused.value.details["line"] == 3


@pytest.mark.parametrize(
    ("name", "code"),
    [("nowhere.csv", "file-not-found"), (".", "file-is-a-folder"), ("x\0y", "file-unreadable")],
)
def test_a_file_that_cannot_be_opened_says_why(tmp_path: Path, name: str, code: str) -> None:
    with pytest.raises(InvalidInput) as refused, opened_table(str(tmp_path / name), None):
        pass
    assert refused.value.code == code
