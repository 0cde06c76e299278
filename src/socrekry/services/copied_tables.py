"""Copy one table after another, from where each was left, and say what was read of it.

What is there already is read anew from the source and compared by its digest: a copy goes on only with rows
that the source still has as they were, whatever has been written to it in between.
"""

from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import NamedTuple

from socrekry.domain.errors import StoreDamaged
from socrekry.services.reading_ahead import ahead
from socrekry.store import half_copied, loading
from socrekry.store.connect import Store
from socrekry.store.engine import Row
from socrekry.store.failures import Duplicate
from socrekry.store.half_copied import Progress
from socrekry.store.tables import Table

BATCH = 5_000
Counted = Callable[[int], None]
"""Is told how many rows more have come over, or been compared."""


class SourceChanged(Exception):
    """What was copied before is no longer what the source says."""


class Few(NamedTuple):
    """Some rows of a table, how many came before them, and how far the table has come with them."""

    rows: list[Row]
    before: int
    now: Progress


class Reading:
    """A table as it is read: how many rows so far, the last one's key, and a digest of them all.

    The digest is the same on either engine, and however many rows are read at a time.
    """

    def __init__(self, store: Store, table: Table) -> None:
        self._store, self._table, self._rows = store, table, 0
        self._key: Row | None = None
        self._digest = sha256()

    def next(self, most: int | None = None) -> Few | None:
        """Read on; None where the table ends."""
        rows = loading.rows_after(self._store, self._table, self._key, most or BATCH)
        if not rows:
            return None
        before, self._rows = self._rows, self._rows + len(rows)
        self._key = self._table.key_of(rows[-1])
        self._digest.update(f"{repr(rows)[1:-1]}, ".encode())
        return Few(rows, before, self.progress)

    @property
    def progress(self) -> Progress:
        """How far it has come."""
        return Progress(self._rows, self._digest.hexdigest())


def read_whole(store: Store, table: Table, counted: Counted) -> Progress:
    """Read a table to its end."""
    reading = Reading(store, table)
    for few in ahead(reading.next):
        counted(len(few.rows))
    return reading.progress


def copy_table(
    source: Store, target: Store, table: Table, kept: Progress | None, counted: Counted
) -> Progress:
    """Copy what is not there yet of a table of which so much is ``kept``; return what the source has of it.

    SourceChanged where that is no longer what the source says; StoreDamaged("row-not-kept").
    """
    reading, left = Reading(source, table), kept.rows if kept else 0
    while left and (few := reading.next(min(BATCH, left))):
        left -= len(few.rows)
        counted(len(few.rows))
    if kept and reading.progress != kept:
        raise SourceChanged
    for rows, before, now in ahead(reading.next):
        with target.transaction():
            half_copied.keep(target, table.name, before, now)
            _load(source, target, table, rows)
        counted(len(rows))
    return reading.progress


def _load(source: Store, target: Store, table: Table, rows: Sequence[Row]) -> None:
    try:
        with target.savepoint():
            loading.load(target, table, rows)
    except Duplicate as refused:
        key = table.key_of(_first_refused(target, table, rows))
        raise StoreDamaged(
            "row-not-kept",
            source=source.location,
            store=target.location,
            table=table.name,
            key=[each for each in key if isinstance(each, int)] or list(key),  # a tag may say who it is about
            reason=str(refused),
        ) from refused


def _first_refused(target: Store, table: Table, rows: Sequence[Row]) -> Row:
    """Return the first row that the target will not keep, found by halves."""
    while len(rows) > 1:
        half = rows[: len(rows) // 2]
        try:
            with target.savepoint():
                loading.load(target, table, half)
            rows = rows[len(half) :]
        except Duplicate:
            rows = half
    return rows[0]
