"""A table in one line of a test: the text of a file, read as an import reads it."""

from collections.abc import Mapping
from io import BytesIO

from socrekry.exchange.candidate_rows import rows_of
from socrekry.exchange.columns import Column, columns_of
from socrekry.exchange.tables import Table
from socrekry.services.imported import Defect, Row

STAGES = {
    "lead": "lead",
    "kontakt": "lead",
    "applied": "applied",
    "ansokan": "applied",
    "placement": "placement",
    "vfu": "placement",
}


def a_table(text: str | bytes) -> Table:
    """Return the table that a file of that content holds."""
    return Table("some.csv", BytesIO(text.encode() if isinstance(text, str) else text))


def columns(header: str, mapped: Mapping[str, str] | None = None) -> tuple[Column, ...]:
    """Return what the columns of that first line are about."""
    return columns_of(a_table(header), STAGES, mapped or {})


def rows(text: str) -> list[Row]:
    """Return the rows of a file of candidates."""
    table = a_table(text)
    return list(rows_of(table, columns_of(table, STAGES, {})))


def row(header: str, cells: str) -> Row:
    """Return the only row of such a file."""
    (only,) = rows(f"{header}\n{cells}\n")
    return only


def told(defects: tuple[Defect, ...]) -> list[tuple[int, str | None, str]]:
    """Return line, column and code of each defect."""
    return [(each.line, each.column, each.code) for each in defects]
