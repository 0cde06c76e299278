"""Rows are parted by the mark that their text uses, and one that is broken harms no other."""

import pytest

from socrekry.exchange.delimited import LONGEST_CELL, rows_of_text
from socrekry.exchange.table_rows import TableRow

TOO_LONG = "x" * (LONGEST_CELL + 1)


def rows(*lines: str) -> list[TableRow]:
    return list(rows_of_text(f"{line}\n" for line in lines))


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_mark_is_found_below_a_title_that_has_others_in_it(mark: str) -> None:
    found = rows("Sökande, hösten 2025, i Sveg", "", f"namn{mark}ort", f"Eva{mark}Ås", f"Bo{mark}Sveg")
    assert [row.cells for row in found[1:]] == [("namn", "ort"), ("Eva", "Ås"), ("Bo", "Sveg")]


def test_commas_in_names_and_sums_do_not_outweigh_the_mark() -> None:
    found = rows("Efternamn, förnamn;Poäng", "Ek, Eva;1,5", "Al, Bo;2,5")
    assert [row.cells for row in found] == [
        ("Efternamn, förnamn", "Poäng"),
        ("Ek, Eva", "1,5"),
        ("Al, Bo", "2,5"),
    ]


def test_a_mark_that_the_file_announces_is_taken() -> None:
    assert rows("sep=|", "a,b|c,d", "e,f|g,h")[1] == TableRow(3, ("e,f", "g,h"))


def test_a_text_in_quotation_marks_alone_has_no_mark() -> None:
    assert [row.cells for row in rows('"namn"', '"Ek; Eva"')] == [("namn",), ("Ek; Eva",)]


def test_one_column_needs_no_mark() -> None:
    assert [row.cells for row in rows("namn", "Eva")] == [("namn",), ("Eva",)]


def test_a_cell_that_no_spreadsheet_holds_is_a_fault_of_its_column() -> None:
    found = rows("namn;anteckning;ort", f"Eva;{TOO_LONG};Ås", "Bo;;Sveg")
    assert found[1:] == [
        TableRow(2, ("Eva", "", "Ås"), "", ((1, "cell-too-long"),)),
        TableRow(3, ("Bo", "", "Sveg")),
    ]


def test_one_over_many_lines_is_told_where_it_begins_and_ends_the_table() -> None:
    found = rows("namn;anteckning", 'Eva;"x', *["x" * 1000] * 200, "Bo;")
    assert (found[1].line, found[1].faults, len(found)) == (2, ((1, "cell-too-long"),), 2)


@pytest.mark.parametrize("error", ["#N/A", "#SAKNAS!", "#REF!"])
def test_an_error_of_a_formula_is_a_fault_in_a_text_too(error: str) -> None:
    assert rows("namn;telefon", f"Eva;{error}")[1].faults == ((1, "cell-error"),)


def test_a_number_sign_alone_is_no_error() -> None:
    assert rows("namn;tagg", "Eva;#finska")[1].faults == ()
