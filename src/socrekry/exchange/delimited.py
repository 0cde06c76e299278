"""Rows of a text whose cells are parted by a mark: ``;`` from a Swedish Excel, a tab from its clipboard.

Rule: the mark is found in the first lines, or said by the file itself (``sep=;``); a row whose quotation
marks do not match, or with a cell that no spreadsheet could hold, is handed on as a defect of that row, and
nothing that may stand inside it is taken for a row of its own.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from socrekry.exchange.table_rows import TableRow, row_of

MARKS = "\t;|,"
"""The marks there are; of two that would do as well, the first: a comma stands in names and sums as well."""
LONGEST_CELL = 131_072
"""Four times what a spreadsheet can hold in a cell; it is what Python reads unless told otherwise."""

_LINES_LOOKED_AT = 30
_MARK_SAID = re.compile(r"sep=(.)\s*")
_QUOTED = re.compile(r'"[^"]*"')


def rows_of_text(lines: Iterable[str]) -> Iterator[TableRow]:
    """Yield every row that holds anything, with the line that it begins on."""
    given = iter(lines)
    skipped, first, mark = _beginning(given)
    recent: list[str] = []
    read = csv.reader(_noted(chain(first, given), recent), delimiter=mark, strict=True)
    while True:
        line = skipped + read.line_num + 1
        recent.clear()
        try:
            cells = next(read)
        except StopIteration:
            return
        except csv.Error as error:
            row, whole = _defective(line, str(error), recent, mark)
            yield row
            if not whole:  # whatever follows stands inside that cell
                return
            continue
        if any(cells) and any((row := row_of(line, cells)).cells):
            yield row


def _beginning(lines: Iterator[str]) -> tuple[int, list[str], str]:
    """Return how many lines say nothing, the first that do, and the mark between their cells."""
    skipped, said = 0, None
    for line in lines:
        if line.strip() and (said or not (said := _MARK_SAID.fullmatch(line))):
            first = [line, *islice(lines, _LINES_LOOKED_AT - 1)]
            mark = said[1] if said and said[1] in MARKS else _mark_of(first)
            return skipped, first, mark
        skipped += 1
    return skipped, [], MARKS[0]


def _mark_of(lines: Iterable[str]) -> str:
    """Return the mark that parts most lines alike, outside quotation marks, from the header on.

    A comma counts for less: it stands in names, titles and sums as well.
    """
    bare = [line for line in _QUOTED.sub("", "".join(lines)).splitlines() if line.strip()]
    if not bare:
        return ","
    usual = {mark: _usual_count([line.count(mark) for line in bare]) for mark in MARKS}
    first = {
        mark: next(at for at, line in enumerate(bare) if line.count(mark) == usual[mark]) for mark in MARKS
    }

    def weight(mark: str) -> float:
        alike = sum(line.count(mark) == usual[mark] for line in bare) / len(bare)
        late = any(usual[other] and first[other] < first[mark] for other in MARKS)
        return usual[mark] * alike * alike * (1 if mark == "," else 3) * (0.5 if late else 1)

    return max(MARKS, key=weight) if any(usual.values()) else ","


def _usual_count(counts: list[int]) -> int:
    """Return how many there mostly are where there are any; 0 where there are none."""
    found = [each for each in counts if each]
    return max(found, key=found.count) if found else 0


def _noted(lines: Iterable[str], recent: list[str]) -> Iterator[str]:
    """Yield the lines, noting those of the row that is being read."""
    for line in lines:
        recent.append(line)
        yield line


def _defective(line: int, error: str, recent: list[str], mark: str) -> tuple[TableRow, bool]:
    """Return the row with what is wrong in it, and whether all of it was read."""
    if "field limit" not in error:
        whole = "expected after" in error or "new-line" in error
        return TableRow(line, (), "quote-misplaced" if whole else "quote-unclosed"), whole
    before = csv.field_size_limit(sum(map(len, recent)) + 1)
    try:
        cells = next(csv.reader(recent, delimiter=mark, strict=True))
        whole = True
    except csv.Error:
        cells, whole = next(csv.reader(recent, delimiter=mark)), False
    finally:
        csv.field_size_limit(before)
    row = row_of(line, ["" if len(each) > LONGEST_CELL else each for each in cells])
    faults = [(place, "cell-too-long") for place, each in enumerate(cells) if len(each) > LONGEST_CELL]
    return row._replace(faults=(*row.faults, *faults)), whole
