"""Whether a store that was copied is what its source was: every row, every log, every part of the schema.

A backup that nobody has read is a hope. So what was written is read again, from its first row to the last
entry of its last log, before anybody is told that it is there.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from socrekry.domain.errors import StoreDamaged
from socrekry.services.chains import Defect
from socrekry.services.copied_tables import read_whole
from socrekry.services.logs import log_defects
from socrekry.services.watching import Watch
from socrekry.store import soundness
from socrekry.store.connect import SCHEMA_VERSION, Store, schema_version, store_at
from socrekry.store.half_copied import Progress
from socrekry.store.tables import tables

TOLD = 10
_UNREADABLE_WITHOUT = ("table", "column")


class Counts(NamedTuple):
    """How much a store holds of what is never taken away."""

    candidacies: int
    events: int


class Findings(NamedTuple):
    """What is wrong with a store: how many defects there are, and the first ten of them."""

    number: int
    defects: tuple[Defect, ...]


def require_equal(store: Store, read: Mapping[str, Progress], watch: Watch) -> None:
    """Raise StoreDamaged("copy-differs") naming the first table that differs from what its source said."""
    of, done = sum(each.rows for each in read.values()), 0

    def counted(rows: int) -> None:
        nonlocal done
        done += rows
        watch.at("compared", done, of)

    with store.snapshot():
        for table in tables():
            if read_whole(store, table, counted) != read[table.name]:
                raise StoreDamaged("copy-differs", store=store.location, part=table.name)


def require_whole(path: str, place: str) -> None:
    """Raise StoreDamaged where a page of a SQLite file is damaged; ``place`` is what the store is called."""
    try:
        with store_at(path, writing=False) as store:
            for damage in soundness.damages(store):
                raise StoreDamaged("store-damaged", **damage.details)
    except StoreDamaged as error:
        raise StoreDamaged(error.code, **error.details | {"store": place}) from error


def require_every_part(store: Store) -> None:
    """Raise StoreDamaged("copy-differs") where a table, a trigger or a view is not as this version has it."""
    for part in soundness.missing_parts(store):
        raise StoreDamaged("copy-differs", store=store.location, part=part.name)


def require_every_table(store: Store) -> None:
    """Raise StoreDamaged("store-incomplete") for a store of this version that cannot be read as one."""
    for part in soundness.missing_parts(store):
        if part.kind in _UNREADABLE_WITHOUT:
            raise StoreDamaged("store-incomplete", store=store.location, part=part.name)


def counts(store: Store) -> Counts:
    """Return how much a store holds."""
    return Counts(*(store.row("moving.counts") or (0, 0)))


def followed(store: Store, watch: Watch) -> Findings:
    """Follow every log of a store from end to end."""
    of = counts(store).candidacies
    return _findings(log_defects(store, lambda done: watch.at("followed", done, of)))


def examined(store: Store, watch: Watch) -> Findings:
    """Look for every part of the schema, unless it is that of an older version, and follow every log."""
    current = schema_version(store) == SCHEMA_VERSION
    parts = soundness.missing_parts(store) if current else ()
    gone = _findings(Defect("schema-part-missing", None, part._asdict()) for part in parts)
    if any(part.kind in _UNREADABLE_WITHOUT for part in parts):
        return gone
    logs = followed(store, watch)
    return Findings(gone.number + logs.number, (*gone.defects, *logs.defects)[:TOLD])


def _findings(defects: Iterable[Defect]) -> Findings:
    number, told = 0, list[Defect]()
    for defect in defects:
        number += 1
        if len(told) < TOLD:
            told.append(defect)
    return Findings(number, tuple(told))
