"""Read a table of candidates from a file or a pipe, row by row: text with marks, or a workbook.

What a file is shows in its first bytes, never in its name: an export that calls itself ``.xls`` is as often
a web page. Rule: which sheet, which row names the columns and which encoding it is are found, and told when
they were found rather than said. Whatever is no table is refused before anything is kept.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import chain
from typing import BinaryIO

from socrekry.domain.errors import InvalidInput
from socrekry.exchange.delimited import rows_of_text
from socrekry.exchange.encodings import Text
from socrekry.exchange.file_kinds import OTHERS, WORKBOOKS, is_no_text, kind_of
from socrekry.exchange.header_rows import ROWS_LOOKED_AT, Header, header_among
from socrekry.exchange.table_rows import TableRow, unguarded

__all__ = ["STDIN", "Sheet", "Table", "TableRow", "opened_table", "unguarded"]

STDIN = "-"
_BEGINNING = 512
_CELLS_LOOKED_AT = 100_000


class Sheet:
    """The rows of one sheet, or of a text; those at the beginning may be looked at before they are read."""

    def __init__(self, name: str, rows: Iterator[TableRow]) -> None:
        self.name = name
        self._rows = rows
        self._first: list[TableRow] | None = None

    def first(self) -> list[TableRow]:
        """Return the first rows that hold anything."""
        if self._first is None:
            self._first, cells = [], 0
            for row in self._rows:
                self._first.append(row)
                cells += len(row.cells)
                if len(self._first) == ROWS_LOOKED_AT or cells > _CELLS_LOOKED_AT:
                    break
        return self._first

    def let_go(self) -> None:
        """Forget the rows, which nobody will read: those of a workbook fill the memory."""
        self._first, self._rows = [], iter(())

    def below(self, header: Header) -> Iterator[TableRow]:
        """Yield the rows below the header, without the header where a page repeats it."""
        for row in chain(self.first()[header.place + 1 :], self._rows):
            if row.cells != header.row.cells:
                yield row


class Table:
    """A table that is being read: where it comes from, its header, and the rows below it."""

    def __init__(
        self, name: str, stream: BinaryIO, *, encoding: str | None = None, sheet: str | None = None
    ) -> None:
        """Take the stream of a file; InvalidInput as `opened_table`."""
        self.name = name
        self._text: Text | None = None
        self._settled: tuple[Sheet, Header] | None = None
        begun = _beginning(stream, name)
        kind = kind_of(begun)
        if kind in WORKBOOKS:
            from socrekry.exchange.workbooks import sheets_of

            self._sheets = [Sheet(*each) for each in sheets_of(stream, begun, name, kind, sheet)]
        elif kind in OTHERS:
            raise InvalidInput("file-other-kind", path=name, kind=kind)
        elif is_no_text(begun):
            raise InvalidInput("file-no-table", path=name)
        elif sheet is not None:
            raise InvalidInput("sheet-in-text", path=name)
        else:
            # Whoever types ends with one Ctrl-D: a terminal that is read again waits for another.
            rest = stream if len(begun) == _BEGINNING else BytesIO()
            self._text = Text(rest, name, encoding, begun)
            self._sheets = [Sheet("", rows_of_text(self._text))]
        # Each is looked at here, so that a broken one ends the command before a store is opened.
        firsts = [each.first() for each in self._sheets]
        if not any(firsts):
            raise InvalidInput("file-empty", path=name)

    @property
    def encoding_guessed(self) -> str | None:
        """The encoding that a text was taken for, as far as it has been read, where it does not say so."""
        return self._text.guess if self._text else None

    @property
    def sheet(self) -> str:
        """The name of the sheet that is read, of several; empty for a text."""
        return self._choice()[0].name if len(self._sheets) > 1 else ""

    @property
    def header(self) -> TableRow:
        """The row that names the columns: as `settle` found it, or else by its width alone."""
        return self._choice()[1].row

    @property
    def rows_above(self) -> int:
        """How many rows above the header hold something, and were passed over."""
        sheet, header = self._choice()
        return sum(row.line < header.row.line for row in sheet.first()[: header.place])

    def settle(self, understood: Callable[[str], bool], required: Callable[[str], bool]) -> None:
        """Choose the sheet and its header by how many names of columns are understood.

        A sheet that has none of the columns ``required`` is taken only if it is the only one. InvalidInput
        ``sheet-unclear``.
        """
        found = [(sheet, header_among(rows, understood)) for sheet in self._sheets if (rows := sheet.first())]

        def rank(choice: tuple[Sheet, Header]) -> int:
            names = [each for each in choice[1].row.cells if each]
            has_it = any(map(required, names))
            return has_it + (has_it and choice[1].understood > 1) + bool(choice[1].understood)

        best = max(map(rank, found))
        likely = [each for each in found if rank(each) == best]
        if len(likely) > 1:
            sheets = [sheet.name for sheet, _header in (likely if best else found)]
            raise InvalidInput("sheet-unclear", path=self.name, sheets=sheets)
        self._settled = likely[0]
        for sheet in self._sheets:
            if sheet is not likely[0][0]:
                sheet.let_go()

    def rows(self) -> Iterator[TableRow]:
        """Yield every row below the header that holds anything; InvalidInput ``file-without-rows``."""
        sheet, header = self._choice()
        row = None
        for row in sheet.below(header):
            yield row
        if row is None:
            raise InvalidInput("file-without-rows", path=self.name)

    def _choice(self) -> tuple[Sheet, Header]:
        if self._settled is None:
            self.settle(lambda _title: False, lambda _title: True)
        assert self._settled is not None
        return self._settled


@contextmanager
def opened_table(
    path: str, stdin: BinaryIO | None, *, encoding: str | None = None, sheet: str | None = None
) -> Iterator[Table]:
    """Open a file, or stdin for ``-``, as a table; ``encoding`` and ``sheet`` where they are said.

    InvalidInput ``file-not-found``, ``file-is-a-folder``, ``file-unreadable``, ``file-empty``,
    ``file-other-kind``, ``file-not-text`` and what else a text or a workbook can be refused for.
    """
    if path == STDIN and stdin is not None:
        yield Table("stdin", stdin, encoding=encoding, sheet=sheet)
        return
    if os.path.isdir(path):
        raise InvalidInput("file-is-a-folder", path=path)
    try:
        stream = open(path, "rb")  # noqa: SIM115 – closed below, where an error is no longer that of opening
    except FileNotFoundError:
        raise InvalidInput("file-not-found", path=path) from None
    except (OSError, ValueError) as error:
        raise InvalidInput("file-unreadable", path=path, reason=_reason(error)) from None
    with stream:
        yield Table(path, stream, encoding=encoding, sheet=sheet)


def _beginning(stream: BinaryIO, name: str) -> bytes:
    """Return the first bytes of a stream; fewer than were asked for is all there is."""
    try:
        return stream.read(_BEGINNING)
    except OSError as error:
        raise InvalidInput("file-unreadable", path=name, reason=_reason(error)) from None


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
