"""Rows of a workbook: Excel's (``.xlsx``, ``.xls``) or LibreOffice's (``.ods``), a sheet at a time.

Every value becomes the text that a person would have typed: a day in ISO form, a whole number without
decimals. Rule: a workbook is opened only after `workbook_parts` has seen what it would unfold to, and a cell
whose value is an error keeps its place with a fault. A cell merged over several rows says the same for each.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO

from socrekry.domain.errors import InvalidInput
from socrekry.exchange.delimited import LONGEST_CELL
from socrekry.exchange.file_kinds import ZIPPED
from socrekry.exchange.table_rows import TableRow, row_of
from socrekry.exchange.workbook_parts import MOST_BYTES, Faults, examined

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook


def sheets_of(
    stream: BinaryIO, begun: bytes, name: str, kind: str, wanted: str | None
) -> list[tuple[str, Iterator[TableRow]]]:
    """Return every sheet with its rows: the one that is ``wanted``, or all that are not hidden.

    InvalidInput ``sheet-unknown``, ``workbook-broken``, ``workbook-locked``, ``workbook-too-large`` or
    ``file-other-kind``.
    """
    whole = _whole(stream, begun, name)
    if kind == ZIPPED:
        faults = examined(whole, name)
    else:
        from socrekry.exchange.old_workbooks import faults_of

        faults = faults_of(whole.read(), name)
    whole.seek(0)
    workbook = _opened(whole, name)
    shown = _names(workbook, hidden=False)
    if wanted is not None:
        every = _names(workbook, hidden=True)
        shown = [each for each in every if each.strip().casefold() == wanted.strip().casefold()][:1]
        if not shown:
            raise InvalidInput("sheet-unknown", path=name, sheet=wanted, sheets=every)
    return [(each, _rows(workbook, each, name, faults.get(each, {}))) for each in shown]


def text_of(value: Any) -> str:
    """Return the text that a person would have typed for a value: ``2025-09-01``, ``8``, ``true``."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < 1e15
        return str(int(value)) if whole else format(value, ".15g")
    if isinstance(value, datetime):
        return str(value.date() if value.time() == time() else value.replace(microsecond=0))
    return str(value)  # a day, a time of day, or a number of hours: each as it is read


def _whole(stream: BinaryIO, begun: bytes, name: str) -> BinaryIO:
    """Return the stream as one that can be read from any place; what comes through a pipe is kept here."""
    try:
        if stream.seekable():
            size = stream.seek(0, 2)
            whole = stream
        else:
            whole = BytesIO(begun + stream.read(MOST_BYTES))
            size = whole.seek(0, 2)
    except OSError as error:
        raise InvalidInput("file-unreadable", path=name, reason=error.strerror or str(error)) from None
    if size > MOST_BYTES:
        raise InvalidInput("file-too-large", path=name, most=MOST_BYTES)
    whole.seek(0)
    return whole


def _opened(whole: BinaryIO, name: str) -> "CalamineWorkbook":
    from python_calamine import CalamineWorkbook, PasswordError

    try:
        with _sound(name):
            return CalamineWorkbook.from_filelike(whole)
    except PasswordError:
        raise InvalidInput("workbook-locked", path=name) from None


@contextmanager
def _sound(name: str) -> Iterator[None]:
    """Raise InvalidInput ``workbook-broken`` for whatever the library stumbles over.

    It is written in Rust: a fault of its own is no Exception, and is told on stderr past everything of ours.
    """
    from python_calamine import PasswordError

    with suppress(OSError, ValueError):
        sys.stderr.flush()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    kept = None
    try:
        with suppress(OSError):  # where there is no stderr, nothing can be told there
            kept = os.dup(2)
            os.dup2(nowhere, 2)
        yield
    except (KeyboardInterrupt, MemoryError, PasswordError):
        raise
    except BaseException as error:  # noqa: BLE001 – see above
        raise InvalidInput("workbook-broken", path=name, reason=_reason(error)) from None
    finally:
        if kept is not None:
            os.dup2(kept, 2)
            os.close(kept)
        os.close(nowhere)


def _names(workbook: "CalamineWorkbook", *, hidden: bool) -> list[str]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    return [
        each.name
        for each in workbook.sheets_metadata
        if each.typ == SheetTypeEnum.WorkSheet and (hidden or each.visible == SheetVisibleEnum.Visible)
    ]


def _rows(workbook: "CalamineWorkbook", sheet: str, name: str, faults: Faults) -> Iterator[TableRow]:
    """Yield every row of a sheet that holds anything; its line is its number in the sheet."""
    with _sound(name):
        read = workbook.get_sheet_by_name(sheet)
    if read.start is None:
        return
    left, merged = read.start[1], _merged(read)
    saying: dict[int, tuple[str, int]] = {}
    number, width = -1, 0
    for number, values in enumerate(read.iter_rows()):
        cells = [text_of(each) for each in values]
        width = len(cells)
        for column, last in merged.get(number, ()):
            saying[column] = (cells[column - left] if 0 <= column - left < width else "", last)
        for column, (text, last) in list(saying.items()):
            if 0 <= column - left < width:
                cells[column - left] = text
            if number >= last:
                del saying[column]
        row = _row(number + 1, cells, left, faults.get(number, {}))
        if any(row.cells) or row.faults:
            yield row
    for below in sorted(each for each in faults if each > number):  # nothing but formulas that have no value
        yield _row(below + 1, [""] * width, left, faults[below])


def _row(line: int, cells: list[str], left: int, wrong: dict[int, tuple[str, str]]) -> TableRow:
    """Return the row; a cell that cannot be read shows what stands there, and has its fault.

    ``left`` is the column from 0 in which the sheet begins, ``wrong`` what is known of its cells by column.
    """
    faults = {}
    for column, (code, shown) in wrong.items():
        if 0 <= column - left < len(cells):
            cells[column - left], faults[column - left] = shown, code
    if max(map(len, cells), default=0) > LONGEST_CELL:
        faults |= {place: "cell-too-long" for place, each in enumerate(cells) if len(each) > LONGEST_CELL}
        cells = ["" if len(each) > LONGEST_CELL else each for each in cells]
    row = row_of(line, cells)
    return row._replace(faults=tuple(sorted((dict(row.faults) | faults).items()))) if faults else row


def _merged(sheet: "CalamineSheet") -> dict[int, list[tuple[int, int]]]:
    """Return the cells merged downwards: by their first row, each one's column and last row."""
    merged: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if bottom > top and left == right:
            merged.setdefault(top, []).append((left, bottom))
    return merged


def _reason(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
