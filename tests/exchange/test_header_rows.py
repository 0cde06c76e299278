"""The row that names the columns is found wherever people put it."""

import pytest

from socrekry.exchange.header_rows import header_among
from socrekry.exchange.table_rows import TableRow

KNOWN = {"namn", "e-post", "telefon", "ansökan datum", "antagen datum", "lärosäte"}


def header(*rows: str) -> tuple[int, tuple[str, ...]]:
    """Return the line and the names of the header among rows, each a text with bars between its cells."""
    read = [TableRow(line, tuple(row.split("|"))) for line, row in enumerate(rows, 1) if row]
    found = header_among(read, lambda title: title.casefold() in KNOWN)
    return found.row.line, found.row.cells


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        (("Namn|E-post", "Eva|e"), 1),
        (("Kandidater HT2025", "", "Namn|E-post", "Eva|e"), 3),
        (("Ansvarig|Eva Ek", "Telefon|08-1", "Namn|E-post|Telefon", "Bo|b|1"), 3),
        (("Nr|Namn|Mejl", "1|Eva|e"), 1),
    ],
)
def test_it_is_the_row_in_which_most_is_understood(rows: tuple[str, ...], line: int) -> None:
    assert header(*rows)[0] == line


def test_where_nothing_is_understood_it_is_the_first_as_wide_as_the_table() -> None:
    assert header("Lista", "Förnamn|Efternamn|Ort", "Eva|Ek|Ås") == (2, ("Förnamn", "Efternamn", "Ort"))


def test_a_name_may_stand_in_two_rows_and_hold_for_the_columns_beside_it() -> None:
    found = header("Namn|E-post|Ansökan|Antagen", "||datum|datum", "Eva|e|1|2")
    assert found == (2, ("Namn", "E-post", "Ansökan datum", "Antagen datum"))


def test_a_name_above_two_columns_is_not_spread_over_a_third() -> None:
    found = header("Namn|Ansökan||Lärosäte", "|datum|beslut|", "Eva|1|2|sh")
    assert found == (2, ("Namn", "Ansökan datum", "beslut", "Lärosäte"))


def test_empty_columns_at_the_end_are_none() -> None:
    assert header("Namn|E-post|||", "Eva|e|||") == (1, ("Namn", "E-post"))


def test_a_candidate_below_the_header_is_no_second_row_of_it() -> None:
    assert header("Namn|E-post|", "Lärosäte|x|y") == (1, ("Namn", "E-post"))
