"""Where an export goes, in which form, and how it gets there: all of it or nothing, its user's alone.

The form is what is asked for, or what the file's name says. A folder gets the candidates and the events, each
in a file of its own.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import BinaryIO, NamedTuple, Protocol

from socrekry.domain.errors import InvalidInput
from socrekry.exchange.export_csv import Style, write_csv
from socrekry.exchange.export_json import write_json
from socrekry.exchange.export_together import pays, write_csv_together
from socrekry.exchange.export_xes import write_xes
from socrekry.exchange.export_xlsx import require_room, write_xlsx
from socrekry.files import whole_file
from socrekry.services.exported_columns import Cells, Column
from socrekry.services.exporting import Candidates

STDOUT = "-"
CANDIDATES, EVENTS = "candidates", "events"
FORMS = {CANDIDATES: ("csv", "xlsx", "json"), EVENTS: ("csv", "xlsx", "json", "xes")}
_PLAIN = ("", ".txt", ".csv")


class Exported(Protocol):
    """A table while it is told: `Candidates` or `EventLog`."""

    rows: int

    @property
    def columns(self) -> Sequence[Column]:
        """Its columns."""

    def count(self) -> int:
        """Return how many rows there will be, at most."""

    def pages(self) -> Iterator[list[Cells]]:
        """Yield all rows, some at a time."""


class Part(NamedTuple):
    """One file of an export: which table, where to (``-``: stdout), and in which form."""

    table: str
    place: str
    form: str


class Manner(NamedTuple):
    """How words are written, and whether a CSV is for Excel; ``plain`` is for forms that nobody runs."""

    harmless: Callable[[str], str]
    plain: Callable[[str], str]
    excel: bool = False


def parts_of(target: str | None, form: str | None, *, events: bool, excel: bool = False) -> list[Part]:
    """Return the files to write for a target: nothing or ``-`` (stdout), a file, or a folder.

    InvalidInput("format-not-offered") for a form that a table has not, ("excel-is-csv") where Excel's CSV and
    another form are asked for, ("export-form-unclear") for a file whose name says none that is known.
    """
    folder = (
        target is not None and target != STDOUT and (os.path.isdir(target) or target.endswith(("/", os.sep)))
    )
    if folder:
        assert target is not None
        form = form or "csv"
        tables = [
            table
            for table in (CANDIDATES, EVENTS)
            if form in FORMS[table] and (not events or table == EVENTS)
        ]
        parts = [Part(table, os.path.join(target, f"{table}.{form}"), form) for table in tables]
    else:
        table, place = EVENTS if events else CANDIDATES, target or STDOUT
        form = form or _form_of(place)
        if form not in FORMS[table]:
            raise InvalidInput("format-not-offered", format=form, formats=list(FORMS[table]))
        parts = [Part(table, place, form)]
    if excel and form != "csv":
        raise InvalidInput("excel-is-csv", format=form)
    return parts


def _form_of(place: str) -> str:
    ending = os.path.splitext(place)[1].lower() if place != STDOUT else ""
    if ending in _PLAIN:
        return "csv"
    if ending[1:] not in FORMS[EVENTS]:
        raise InvalidInput("export-form-unclear", path=place, formats=list(FORMS[EVENTS]))
    return ending[1:]


def export(table: Exported, part: Part, manner: Manner, tell: Callable[[int], None]) -> None:
    """Write a table to its place; ``tell`` hears how many rows there are so far.

    InvalidInput("output-not-writable") where it cannot be written; as `require_room` before anything is.
    """
    if part.form == "xlsx":
        require_room(table.count())
    with _opened(part.place) as file:
        pages = _counted(table, tell)
        if part.form == "csv":
            style = Style(manner.harmless, manner.excel)
            if isinstance(table, Candidates) and pays(table):
                write_csv_together(table, file, style, tell)
            else:
                write_csv(table.columns, pages, file, style)
        elif part.form == "xlsx":
            write_xlsx(part.table, table.columns, pages, file, manner.harmless)
        elif part.form == "xes":
            write_xes(table.columns, pages, file, manner.plain)
        else:
            write_json(table.columns, pages, file)


def _counted(table: Exported, tell: Callable[[int], None]) -> Iterable[list[Cells]]:
    for page in table.pages():
        yield page
        tell(table.rows)


@contextmanager
def _opened(place: str) -> Iterator[BinaryIO]:
    """Give the file to write; what goes wrong with stdout is told where every answer's is."""
    if place == STDOUT:
        sys.stdout.flush()
        buffer = getattr(sys.stdout, "buffer", None)
        with BytesIO() as instead:  # of a stdout that takes nothing but text
            yield buffer or instead
            if buffer is None:
                sys.stdout.write(instead.getvalue().decode(errors="replace"))
        return
    try:
        folder = os.path.dirname(place)
        if folder:
            os.makedirs(folder, mode=0o700, exist_ok=True)
        with whole_file(place) as file:
            yield file
    except OSError as error:
        raise InvalidInput("output-not-writable", path=place, reason=error.strerror or str(error)) from error
