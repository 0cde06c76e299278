"""Read a table from a CSV file or a pipe, row by row, each with the line it begins on.

Rule: nothing is guessed but the mark between cells (a Swedish Excel writes ``;``); the text is UTF-8, and a
row whose quotation marks do not match is handed on as a defect of that row. Read as Latin-1, every *ö* of a
UTF-8 file would become two letters, and nobody would notice until a letter had been sent.
"""

import csv
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from typing import BinaryIO, NamedTuple
from unicodedata import normalize

from socrekry.domain.errors import InvalidInput

STDIN = "-"
MARKS = ",;\t"
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # .xlsx and .xls
# What our own CSV puts a ' before, so that no spreadsheet runs it.
_GUARDED = re.compile(r"''*\s*[=+\-@\t\r]")


class TableRow(NamedTuple):
    """The cells of one row, without spaces around them; one that cannot be read has a ``defect`` instead."""

    line: int
    cells: tuple[str, ...]
    defect: str = ""


class Table:
    """A table that is being read: where it comes from, and its first row."""

    def __init__(self, name: str, stream: BinaryIO) -> None:
        self.name = name
        self._lines = _lines(stream, name)
        first = self._first_line()
        mark = _mark_of(first)
        self._read = csv.reader(chain([first], self._lines), delimiter=mark, strict=True)
        header = next(self._rows(), None)
        if header is None:
            raise InvalidInput("file-empty", path=name)
        self.header = header

    def rows(self) -> Iterator[TableRow]:
        """Yield every row below the first that holds anything; InvalidInput ``file-without-rows``."""
        row = None
        for row in self._rows():
            yield row
        if row is None:
            raise InvalidInput("file-without-rows", path=self.name)

    def _first_line(self) -> str:
        """Return the first line that says anything; ``sep=;``, which Excel writes, says only the mark."""
        self._skipped = 0
        for line in self._lines:
            if line.strip() and not re.fullmatch(r"sep=.\s*", line):
                return line
            self._skipped += 1
        raise InvalidInput("file-empty", path=self.name)

    def _rows(self) -> Iterator[TableRow]:
        while True:
            line = self._skipped + self._read.line_num + 1
            try:
                cells = next(self._read)
            except StopIteration:
                return
            except csv.Error as error:
                unclosed = "expected after" not in str(error)
                yield TableRow(line, (), "quote-unclosed" if unclosed else "quote-misplaced")
                if unclosed:  # whatever follows stands inside that cell
                    return
                continue
            kept = tuple([_cell(cell) for cell in cells])
            if any(kept):
                yield TableRow(line, kept)


@contextmanager
def opened_table(path: str, stdin: BinaryIO | None) -> Iterator[Table]:
    """Open a file, or stdin for ``-``, as a table.

    InvalidInput ``file-not-found``, ``file-is-a-folder``, ``file-unreadable``, ``file-empty``,
    ``file-is-a-workbook`` or ``file-not-text``.
    """
    if path == STDIN and stdin is not None:
        yield Table("stdin", stdin)
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
        yield Table(path, stream)


def unguarded(cell: str) -> str:
    """Return the text without the ``'`` that our own CSV put before it, so that no spreadsheet ran it."""
    return cell[1:] if cell.startswith("'") and _GUARDED.match(cell) else cell


def _lines(stream: BinaryIO, name: str) -> Iterator[str]:
    number = 0
    while True:
        number += 1
        try:
            raw = stream.readline()
        except OSError as error:
            raise InvalidInput("file-unreadable", path=name, reason=_reason(error)) from None
        if not raw:
            return
        if number == 1:
            if raw.startswith(_WORKBOOKS):
                raise InvalidInput("file-is-a-workbook", path=name)
            raw = raw.removeprefix(b"\xef\xbb\xbf")
        try:
            line = raw.decode()
        except UnicodeDecodeError:
            raise InvalidInput("file-not-text", path=name, line=number) from None
        if "\0" in line:
            raise InvalidInput("file-not-text", path=name, line=number)
        yield line


def _mark_of(line: str) -> str:
    """Return the mark that parts the line into most cells, outside quotation marks; a comma if none does."""
    bare = re.sub(r'"[^"]*"', "", line)
    return max(MARKS, key=bare.count)


def _cell(text: str) -> str:
    stripped = text.strip()
    if stripped.isascii():
        return unguarded(stripped)
    return unguarded(normalize("NFC", stripped))  # macOS hands over å and ö as a letter and a combining mark


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
