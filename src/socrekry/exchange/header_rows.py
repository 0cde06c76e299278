"""Which of a table's first rows names its columns: below titles and blank lines, in one row or in two.

Rule: it is the row in which most cells are understood. Where none is, it is the first that is about as wide
as the table, so that what is told as not understood are the names that a reader sees there. A title that was
taken for the names of the columns would make a candidate of the row below it.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from socrekry.exchange.table_rows import TableRow

ROWS_LOOKED_AT = 40
"""So many rows that hold anything may stand above the first candidate."""


class Header(NamedTuple):
    """The row that names the columns, its last place among the rows, and how many names are understood."""

    row: TableRow
    place: int
    understood: int


def header_among(rows: Sequence[TableRow], understood: Callable[[str], bool]) -> Header:
    """Return the header among a table's first rows; there is at least one row."""
    known: dict[str, bool] = {}

    def knows(title: str) -> bool:
        if title not in known:
            known[title] = bool(title) and understood(title)
        return known[title]

    best = Header(rows[_first_wide(rows)], _first_wide(rows), 0)
    for place, row in enumerate(rows):
        number = len({each for each in row.cells if knows(each)})
        if number > best.understood:
            best = Header(row, place, number)
    for place, (above, below) in enumerate(pairwise(rows), 1):
        if below.line == above.line + 1 and not (above.defect or below.defect):
            joined = _joined(above, below, knows)
            number = len({each for each in joined.cells if knows(each)})
            if number > best.understood:
                best = Header(joined, place, number)
    cells = best.row.cells
    while cells and not cells[-1]:
        cells = cells[:-1]
    return best._replace(row=best.row._replace(cells=cells))


def _first_wide(rows: Sequence[TableRow]) -> int:
    filled = [sum(map(bool, row.cells)) for row in rows]
    if not rows[0].cells:  # one that cannot be read: it is told as it is
        return 0
    return next(place for place, number in enumerate(filled) if number * 2 >= max(filled))


def _joined(above: TableRow, below: TableRow, knows: Callable[[str], bool]) -> TableRow:
    """Return one row of two: a name stands in either, or is a group's and its part's: *Ansökan*, *datum*.

    A group's name stands in the first of its columns and holds for those beside it, as in cells that were
    merged.
    """
    group, names = "", []
    width = max(len(above.cells), len(below.cells))
    uppers, lowers = (row.cells + ("",) * (width - len(row.cells)) for row in (above, below))
    for upper, lower in zip(uppers, lowers, strict=True):
        group = upper or (group if lower else "")
        both = (lower, f"{group} {lower}", f"{lower} {group}", upper) if lower else (upper,)
        names.append(next((each.strip() for each in both if knows(each.strip())), lower or upper))
    return TableRow(below.line, tuple(names))
