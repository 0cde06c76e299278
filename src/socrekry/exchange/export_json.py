"""Write an exported table as JSON: one document, a list with an object for each row, a line each.

Every object has every column, null where there is nothing: whoever reads it finds the same keys in all.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from socrekry.services.exported_columns import YES, Cells, Column, parted


def write_json(columns: Sequence[Column], pages: Iterable[Sequence[Cells]], file: BinaryIO) -> None:
    """Write all rows, some at a time."""
    encode = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode
    lead = "[\n"
    for rows in pages:
        for row in rows:
            entry = {column.name: _value(column, cell) for column, cell in zip(columns, row, strict=True)}
            file.write(f"{lead}{encode(entry)}".encode())
            lead = ",\n"
    file.write(b"[]\n" if lead == "[\n" else b"\n]\n")


def _value(column: Column, cell: str) -> Any:
    if column.kind == "flag":
        return cell == YES
    if column.kind == "tags":
        return parted(cell)
    return (int(cell) if column.kind == "number" else cell) if cell else None
