"""A CSV file as other programs write it becomes rows with their lines, or an error that says why not."""

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socrekry.domain.errors import InvalidInput
from socrekry.exchange.tables import Table, opened_table, unguarded
from socrekry.render.csvout import guarded
from tests.exchange.files import a_table
from tests.exchange.workbooks import a_workbook, table_in

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
        (b"name\nE\0va\n", "line-not-text"),
        (b"PK\x03\x04....", "workbook-broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "workbook-broken"),
        (b"%PDF-1.7", "file-other-kind"),
        (b"<?xml version='1.0'?><Workbook>", "file-other-kind"),
    ],
)
def test_what_is_no_table_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        cells(content)
    assert refused.value.code == code


def test_a_guess_of_the_encoding_can_be_told() -> None:
    table = a_table("namn\nÅsa\n".encode("cp1252"))
    assert ([row.cells for row in table.rows()], table.encoding_guessed) == ([("Åsa",)], "cp1252")


def test_a_header_that_a_page_repeats_is_no_row() -> None:
    assert cells("namn;ort\nEva;Ås\nnamn;ort\nBo;Sveg\n") == [("Eva", "Ås"), ("Bo", "Sveg")]


def test_the_header_is_found_below_titles_and_says_how_many() -> None:
    table = a_table("Kandidater\n\nEnhet;IFO;\nNamn;E-post;Telefon\nEva;e@x.se;\n")
    table.settle(lambda title: title in ("Namn", "E-post", "Telefon"), lambda title: title == "Namn")
    assert (table.header.line, table.rows_above) == (4, 2)


def sheet_of(*sheets: tuple[str, Sequence[tuple[str, ...]]]) -> str:
    """Return the name of the sheet that is chosen, where name and phone are understood."""
    table = table_in(a_workbook(*sheets))
    table.settle(lambda title: title in ("Namn", "Telefon"), lambda title: title == "Namn")
    return table.sheet


def test_the_sheet_with_the_columns_is_taken_among_others() -> None:
    words = [("Namn:", "hela namnet"), ("Telefon:", "mobil")]
    people = [("Namn", "Telefon", "Ort"), ("Eva", "08-1", "Ås")]
    assert sheet_of(("Hjälp", words), ("2025", people), ("Summor", [("Antal", "12")])) == "2025"


def test_two_sheets_that_would_do_are_told_and_none_is_taken() -> None:
    people = [("Namn", "Telefon"), ("Eva", "08-1")]
    with pytest.raises(InvalidInput) as refused:
        sheet_of(("VT2025", people), ("HT2025", people), ("Summor", [("Antal", "12")]))
    assert (refused.value.code, refused.value.details["sheets"]) == ("sheet-unclear", ["VT2025", "HT2025"])


def test_a_terminal_that_has_ended_is_not_read_again() -> None:
    class Ended(BytesIO):
        def read1(self, size: int | None = -1, /) -> bytes:
            raise AssertionError

    assert [row.cells for row in Table("stdin", Ended(b"name\nEva\n")).rows()] == [("Eva",)]


def test_a_text_has_no_sheets() -> None:
    with pytest.raises(InvalidInput) as refused:
        Table("some.csv", BytesIO(b"name\nEva\n"), sheet="HT2025")
    assert refused.value.code == "sheet-in-text"


@pytest.mark.parametrize(
    ("name", "code"),
    [("nowhere.csv", "file-not-found"), (".", "file-is-a-folder"), ("x\0y", "file-unreadable")],
)
def test_a_file_that_cannot_be_opened_says_why(tmp_path: Path, name: str, code: str) -> None:
    with pytest.raises(InvalidInput) as refused, opened_table(str(tmp_path / name), None):
        pass
    assert refused.value.code == code
