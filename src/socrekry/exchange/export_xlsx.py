"""Write an exported table as a workbook: days as days, words as words, a first line that stays and filters.

Rule: whatever a person typed is written as text, never as a formula, a link or a number; so no ``'`` stands
before it, but where our own import would take one away. Rows go to the disk as they come, into a folder
that belongs to the user alone and is gone when the workbook is there.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache
from tempfile import TemporaryDirectory
from typing import BinaryIO

from socrekry.domain.errors import InvalidInput
from socrekry.services.exported_columns import Cells, Column

MOST_ROWS = 1_048_576  # of a sheet, the first line among them
_WIDTHS = {"name": 28, "email": 32, "note": 40, "reason": 28, "unit": 20, "candidate": 11}
_USUAL_WIDTH = 13
_FIRST_YEAR = 1901  # Excel counts its days from here, and miscounts those before


def require_room(rows: int) -> None:
    """Raise InvalidInput("too-many-rows") for more rows than a sheet holds."""
    if rows >= MOST_ROWS:
        raise InvalidInput("too-many-rows", rows=rows, most=MOST_ROWS - 1)


def write_xlsx(
    sheet: str,
    columns: Sequence[Column],
    pages: Iterable[Sequence[Cells]],
    file: BinaryIO,
    harmless: Callable[[str], str],
) -> None:
    """Write all rows, some at a time, to a sheet of that name; errors as `require_room`, where it is full."""
    from xlsxwriter import Workbook  # type: ignore[import-untyped]

    with TemporaryDirectory() as folder:
        book = Workbook(file, {"constant_memory": True, "tmpdir": folder})
        try:
            day, bold = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"bold": True})
            page = book.add_worksheet(sheet)
            page.freeze_panes(1, 0)
            for place, column in enumerate(columns):
                page.set_column(place, place, _WIDTHS.get(column.name, _USUAL_WIDTH))
                page.write_string(0, place, column.name, bold)
            line = 0
            for rows in pages:
                require_room(line + len(rows))
                for line, row in enumerate(rows, line + 1):  # noqa: B020 – goes on where it was
                    for place, cell in enumerate(row):
                        kind = columns[place].kind
                        if not cell:
                            continue
                        if kind == "day" and (on := _day(cell)) is not None:
                            page.write_datetime(line, place, on, day)
                        elif kind == "number":
                            page.write_number(line, place, int(cell))
                        else:
                            page.write_string(line, place, _text(cell, harmless))
            page.autofilter(0, 0, line, len(columns) - 1)
        finally:
            book.close()


@lru_cache(8192)
def _day(text: str) -> date | None:
    on = date.fromisoformat(text)
    return on if on.year >= _FIRST_YEAR else None


def _text(text: str, harmless: Callable[[str], str]) -> str:
    """Return a text without anything that a screen obeys, and with a ``'`` where one will be taken away."""
    if text[0].isalnum() and text.isprintable():
        return text
    said = harmless(text)
    return said if text.startswith("'") else said.removeprefix("'")
