"""What a table gives, whatever file it stood in: rows of text, each with the line it begins on.

Rule: a cell is text as a person would type it, or it has a fault that says why it cannot be read. A cell
whose value is an error, handed on as an empty one, would be somebody's missing phone number for ever.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple
from unicodedata import is_normalized, normalize

# What our own CSV puts a ' before, so that no spreadsheet runs it.
_GUARDED = re.compile(r"''*\s*[=+\-@\t\r]")
# What spreadsheets show for a formula that failed; a CSV file has it as text.
_ENGLISH = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!")
_SWEDISH = ("#SAKNAS!", "#REFERENS!", "#VÄRDEFEL!", "#DIVISION/0!", "#NAMN?", "#OGILTIGT!", "#SKÄRNING!")
ERRORS = frozenset((*_ENGLISH, *_SWEDISH))


class TableRow(NamedTuple):
    """The cells of one row, without spaces around them; one that cannot be read has a ``defect`` instead.

    ``faults`` are the cells that cannot be read: each cell's place from 0, and a code that says why.
    """

    line: int
    cells: tuple[str, ...]
    defect: str = ""
    faults: tuple[tuple[int, str], ...] = ()


def row_of(line: int, cells: Sequence[str]) -> TableRow:
    """Return a row of cells as they are read: without spaces around them, and without our guard."""
    whole = "".join(cells)
    if not whole.isascii() and not is_normalized("NFC", whole):
        cells = [normalize("NFC", each) for each in cells]  # macOS gives å and ö as a letter and a mark
    kept = tuple([each.strip() for each in cells])
    if "'" in whole:
        kept = tuple([unguarded(each) for each in kept])
    if "#" in whole:
        return TableRow(line, kept, "", errors_in(kept))
    return TableRow(line, kept)


def errors_in(cells: Sequence[str]) -> tuple[tuple[int, str], ...]:
    """Return the faults of the cells that show an error."""
    return tuple([(place, "cell-error") for place, each in enumerate(cells) if each in ERRORS])


def unguarded(text: str) -> str:
    """Return the text without the ``'`` that our own CSV put before it, so that no spreadsheet ran it."""
    return text[1:] if text.startswith("'") and _GUARDED.match(text) else text
