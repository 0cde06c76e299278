"""The mark of a store that is being copied into, and how far each of its tables has come.

The mark stands where the version of the schema stands, so that whoever opens the store turns back at
once. How far a table has come is kept together with its rows, in the same transaction: whatever a copy is
cut off by, it goes on after the last row that is there. Both are gone when the copy is whole and proved.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from socrekry.domain.errors import StoreUnavailable
from socrekry.store.connect import HALF_COPIED, SCHEMA_VERSION, Store
from socrekry.store.failures import Duplicate

_MARK = f"{HALF_COPIED} {SCHEMA_VERSION}"
_BEGIN = (
    f"UPDATE alembic_version SET version_num = '{_MARK}'",  # noqa: S608 – our own words
    (
        "CREATE TABLE half_copied (table_name TEXT NOT NULL PRIMARY KEY, row_count BIGINT NOT NULL, "
        "digest TEXT NOT NULL)"
    ),
)
_END = (
    "DROP TABLE half_copied",
    f"UPDATE alembic_version SET version_num = '{SCHEMA_VERSION}'",  # noqa: S608
)


class Progress(NamedTuple):
    """How far a table has come: how many rows, and the digest of them all."""

    rows: int
    digest: str


def mark(connection: Any) -> None:
    """Mark a store in the transaction that makes it; ``connection`` is the driver's."""
    for statement in _BEGIN:
        connection.execute(statement)


def begin(store: Store) -> None:
    """Mark a store that is there and empty; within a transaction."""
    _run(store, _BEGIN)


def can_go_on(store: Store) -> bool:
    """Tell whether a marked store was begun by this version, whose tables are those of the mark."""
    return bool(store.value("store.schema_version") == _MARK)


def progress(store: Store) -> dict[str, Progress]:
    """Return how far each table that has been begun has come."""
    found = store.engine_rows("SELECT table_name, row_count, digest FROM half_copied")
    return {table: Progress(rows, digest) for table, rows, digest in found}


def keep(store: Store, table: str, before: int, now: Progress) -> None:
    """Note how far a table has come, which had ``before`` rows; within the transaction that adds the rest.

    StoreUnavailable("copy-under-way") where somebody else has added to it meanwhile, or ended the copy.
    """
    _require_mark(store)
    place = "?" if store.engine == "sqlite" else "%s"
    values = (now.rows, now.digest, table)
    if before:
        sql = (
            f"UPDATE half_copied SET row_count = {place}, digest = {place} "  # noqa: S608
            f"WHERE table_name = {place} AND row_count = {place} RETURNING row_count"
        )
        noted = store.engine_rows(sql, *values, before)
    else:
        sql = (
            "INSERT INTO half_copied (row_count, digest, table_name) "  # noqa: S608
            f"VALUES ({place}, {place}, {place}) RETURNING row_count"
        )
        try:
            noted = store.engine_rows(sql, *values)
        except Duplicate:
            noted = []
    if not noted:
        raise _under_way(store)


def forget(store: Store) -> None:
    """Let every table begin anew; within the transaction that empties them; errors as `keep`."""
    _require_mark(store)
    _run(store, ("DELETE FROM half_copied",))


def end(store: Store) -> None:
    """Take the mark away; within a transaction; errors as `keep`."""
    _require_mark(store)
    _run(store, _END)


def _require_mark(store: Store) -> None:
    if not can_go_on(store):
        raise _under_way(store)


def _under_way(store: Store) -> StoreUnavailable:
    return StoreUnavailable("copy-under-way", store=store.location)


def _run(store: Store, statements: Iterable[str]) -> None:
    for statement in statements:
        store.engine_rows(statement)
