"""A page as CSV: English names in the first line, a record a line, no cell that a spreadsheet runs.

Lines end in LF, which ``cut`` and ``wc`` expect and Excel reads as well; a line break inside a text
becomes a space, so that a record is always one line. A text that a spreadsheet would take for a
formula gets a leading ``'``, which our own import takes away again (`exchange.tables.unguarded`).
"""

import csv
import re
from datetime import date
from io import StringIO
from typing import Any

from socrekry.render.parts import Rows
from socrekry.render.text import clean

# What a spreadsheet may run; any quotes before it are the text's own, so that one more can be told apart.
_FORMULA = re.compile(r"'*\s*[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?\Z")


def csv_document(rows: Rows, *, raw: bool = False) -> str:
    """Return the records as CSV; ``raw`` leaves out the guard against formulas."""
    written = StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(rows.names)
    for record in rows.records:
        cells = [_cell(value) for value in record]
        writer.writerow(cells if raw else [guarded(cell) for cell in cells])
    return written.getvalue()


def guarded(cell: str) -> str:
    """Return the text with a leading ``'`` if a spreadsheet would run it; plain numbers stay."""
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.match(cell) else cell


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else clean(str(value))
