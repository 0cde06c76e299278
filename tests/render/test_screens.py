"""The same page in a pipe, on a narrow screen and on a wide one: calm, harmless, nothing cut."""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socrekry.render.parts import Column, Facts, Grid, Heading, Line, Page
from socrekry.render.plain import plain
from socrekry.render.terminal import on_terminal
from socrekry.render.text import width
from tests.render.pages import A_REPORT, HARMLESS, HOSTILE, a_page_of

GOLDEN = Path(__file__).parent / "golden"
OUR_PAINT = re.compile("\x1b\\[(?:[0-2]|33)m")

words = st.text("abcåäö李❤\u0301\ufe0f -[]/", min_size=1, max_size=30).map(lambda text: f"x{text}x")
rows = st.lists(st.tuples(words, words, words), min_size=1, max_size=5)
tables = st.integers(1, 9).flatmap(
    lambda columns: st.lists(st.tuples(*[words] * columns), min_size=1, max_size=3)
)


def unpainted(shown: str) -> str:
    """Return what remains when our own paint is taken away."""
    return OUR_PAINT.sub("", shown)


def inked(*texts: str) -> Counter[str]:
    """Return how often each character that is not a space occurs."""
    return Counter("".join("".join(texts).split()))


def a_grid(cells: Sequence[Sequence[str]], *, flexible: bool) -> Page:
    """Return a page with one grid, whose columns are of three kinds in turn."""
    kinds = (Column("Name"), Column("Seats", "right"), Column("Remark", style="quiet", flexible=flexible))
    columns = tuple(kinds[number % 3] for number in range(len(cells[0])))
    return Page([Grid(columns, cells)], json=None)


def test_a_page_in_a_pipe_looks_as_it_was_agreed() -> None:
    assert plain(A_REPORT) == (GOLDEN / "plain.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("columns", [40, 80, 140])
def test_a_page_on_a_screen_looks_as_it_was_agreed(columns: int) -> None:
    shown = on_terminal(A_REPORT, columns, painted=False)
    assert shown == (GOLDEN / f"terminal-{columns}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("columns", [80, 140])
def test_a_painted_page_looks_as_it_was_agreed(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    shown = on_terminal(A_REPORT, columns).replace("\x1b", "ESC")
    assert shown == (GOLDEN / f"terminal-{columns}-painted.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("columns", [20, 40, 80, 140])
def test_no_line_is_wider_than_the_screen(columns: int) -> None:
    shown = on_terminal(A_REPORT, columns, painted=False)
    assert max(width(line) for line in shown.splitlines()) <= columns


@pytest.mark.parametrize("columns", [40, 80, 1000])
def test_hostile_text_stays_inert_on_a_screen(columns: int) -> None:
    shown = unpainted(on_terminal(a_page_of(HOSTILE), columns))
    assert shown.replace("\n", "").isprintable()
    assert inked("[/b]", "[link=x]", ":smile:") <= inked(shown)


def test_hostile_text_stays_inert_in_a_pipe() -> None:
    shown = plain(a_page_of(HOSTILE))
    assert shown == plain(a_page_of(HARMLESS))
    assert shown.count(HARMLESS) == 9


@given(rows)
def test_every_cell_is_whole_in_a_pipe(cells: list[tuple[str, str, str]]) -> None:
    lines = plain(a_grid(cells, flexible=True)).splitlines()
    assert len(lines) == len(cells) + 1
    assert all(cell in line for row, line in zip(cells, lines[1:], strict=True) for cell in row)


@given(tables, st.integers(20, 120), st.booleans(), st.booleans())
def test_nothing_is_cut_on_any_screen(
    cells: list[tuple[str, ...]], columns: int, flexible: bool, painted: bool
) -> None:
    shown = unpainted(on_terminal(a_grid(cells, flexible=flexible), columns, painted=painted))
    ink = inked(*(cell for row in cells for cell in row))
    assert ink <= inked(shown)
    assert max(width(line) for line in shown.splitlines()) <= columns


@given(st.lists(st.tuples(words, words), min_size=1, max_size=3), st.integers(24, 60))
def test_no_fact_is_cut_on_any_screen(pairs: list[tuple[str, str]], columns: int) -> None:
    shown = on_terminal(Page([Facts(pairs)], json=None), columns, painted=False)
    assert inked(shown) == inked(*(text for pair in pairs for text in pair))


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("  one two", 5, ["  one", "  two"]),
        ("abcdefgh ij", 3, ["abc", "def", "gh", "ij"]),
        ("李雷李 x", 4, ["李雷", "李 x"]),
        ("            deep water", 20, ["          deep water"]),
        ("", 5, [""]),
    ],
)
def test_prose_breaks_at_words_and_keeps_its_indentation(text: str, columns: int, lines: list[str]) -> None:
    assert on_terminal(Page([Line(text)], json=None), columns, painted=False).splitlines() == lines


@pytest.mark.parametrize("text", ["one two", "Seats: 10", "ny"])
@pytest.mark.parametrize("painted", [True, False])
def test_no_line_ends_in_spaces(text: str, painted: bool) -> None:
    page = a_grid([(text, text, "en längre text"), ("", "", "")], flexible=True)
    lines = unpainted(on_terminal(page, 20, painted=painted)).splitlines()
    assert lines == [line.rstrip() for line in lines]


def test_a_modest_column_is_whole_while_a_long_one_wraps() -> None:
    columns = (Column("Unit", flexible=True), Column("Remark", flexible=True))
    page = Page([Grid(columns, [("Barn och unga", "en längre text som bryts")])], json=None)
    assert on_terminal(page, 30, painted=False).splitlines() == [
        "Unit           Remark",
        "Barn och unga  en längre text",
        "               som bryts",
    ]


def test_columns_stand_further_apart_where_there_is_room() -> None:
    page = a_grid([("Åsa", "10", "ny")], flexible=True)
    assert on_terminal(page, 80, painted=False).splitlines()[1] == "Åsa       10   ny"
    assert on_terminal(page, 20, painted=False).splitlines()[1] == "Åsa      10  ny"


def test_a_column_that_may_not_wrap_is_whole_beside_one_that_may() -> None:
    page = a_grid([("Socionomprogrammet i Huddinge", "10", "en längre text")], flexible=True)
    assert on_terminal(page, 50, painted=False).splitlines() == [
        "Name                           Seats  Remark",
        "Socionomprogrammet i Huddinge     10  en längre",
        "                                      text",
    ]


def test_every_column_wraps_where_the_rigid_ones_leave_too_little() -> None:
    page = a_grid([("Socionomprogrammet i Huddinge", "10", "ny"), ("Bo", "7", "")], flexible=False)
    assert on_terminal(page, 34, painted=False).splitlines() == [
        "Name                 Seats  Remark",
        "Socionomprogrammet      10  ny",
        "i Huddinge",
        "Bo                       7",
    ]


def test_a_row_becomes_a_block_where_a_column_has_no_room_for_a_character() -> None:
    page = a_grid([("Åsa Öberg", "10", "ny") * 2, ("Bo", "7", "") * 2], flexible=False)
    assert on_terminal(page, 20, painted=False).splitlines() == [
        *("Name    Åsa Öberg", "Seats   10", "Remark  ny") * 2,
        "",
        *("Name    Bo", "Seats   7") * 2,
    ]


def test_an_aside_without_room_gets_a_line_of_its_own() -> None:
    page = Page([Heading("A title of thirty characters", "Internal")], json=None)
    assert on_terminal(page, 30, painted=False) == "A title of thirty characters\nInternal\n"


def test_a_page_of_nothing_is_empty() -> None:
    assert plain(Page([], json=None)) == on_terminal(Page([], json=None), 80) == ""
