"""Write an exported table as CSV: a record for each row, under the English names of the columns.

Rule: each word that a person typed goes through ``harmless`` first, which whoever calls brings along; codes,
days and ids are our own. Without it, a name could be a formula to whichever spreadsheet opens the file.

For Excel in Sweden the mark between cells is a semicolon, lines end as on Windows, and a byte order mark says
that it is UTF-8: only so does a double click show every *ö* and every column.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import BinaryIO, NamedTuple

from socrekry.services.exported_columns import Cells, Column

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_WORDS = ("text", "tags")
_IN_QUOTES = re.compile(r'[",;\r\n]').search
# Of many cells, a line each: whether one has a sign of a screen's, a spreadsheet's or a CSV's, or begins so.
_SIGNS = re.compile(r"[^\w .@'()/&:!?\n-]").search
_BEGINNINGS = re.compile(r"\n[^\w\n]").search


class Style(NamedTuple):
    """How a CSV is written: what makes words harmless, and whether it is for Excel."""

    harmless: Callable[[str], str]
    excel: bool = False

    @property
    def mark(self) -> str:
        """What stands between cells."""
        return ";" if self.excel else ","

    @property
    def end(self) -> str:
        """What a line ends in."""
        return "\r\n" if self.excel else "\n"


def write_csv(columns: Sequence[Column], pages: Iterable[list[Cells]], file: BinaryIO, style: Style) -> None:
    """Write all rows, some at a time; the rows are changed on the way."""
    file.write(first_line(columns, style))
    file.writelines(lines(columns, rows, style) for rows in pages)


def first_line(columns: Sequence[Column], style: Style) -> bytes:
    """Return what a file begins with."""
    names = style.mark.join([_quoted(style.harmless(column.name)) for column in columns]) + style.end
    return (BYTE_ORDER_MARK if style.excel else b"") + names.encode()


def lines(columns: Sequence[Column], rows: Sequence[Cells], style: Style) -> bytes:
    """Return rows as lines; the rows are changed on the way.

    Only words can hold a sign that means something in a CSV, so only they are looked at: the module `csv`,
    which looks at every cell, takes three times as long.
    """
    mark, end, harmless = style.mark, style.end, style.harmless
    for place, column in enumerate(columns):
        if column.kind in _WORDS and not _are_ordinary([row[place] for row in rows]):
            for row in rows:
                if row[place]:
                    row[place] = _quoted(harmless(row[place]))
    return "".join([mark.join(row) + end for row in rows]).encode()


def _are_ordinary(cells: Sequence[str]) -> bool:
    """Tell whether none of many words has to be looked at; most columns of a page are so."""
    text = "\n" + "\n".join(cells)
    return text.count("\n") == len(cells) and not (_SIGNS(text) or _BEGINNINGS(text))


def _quoted(text: str) -> str:
    """Return a cell in quotation marks, if it needs them in either kind of CSV."""
    return '"' + text.replace('"', '""') + '"' if _IN_QUOTES(text) else text
