"""From a path or a URL to an open store: named statements, transactions, and whose schema it must have.

A transaction that writes begins *alone*, and then no other writes meanwhile; or *beside others*, and then
it holds what its rules ask about (`Store.hold`) and keeps off nobody who asks about something else. On
SQLite, where one writes at a time, the two are the same.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Self

from socrekry.domain.errors import SocrekryError, StoreDamaged, StoreUnavailable
from socrekry.store.engine import Engine, EngineName, Row
from socrekry.store.keepable import keepable
from socrekry.store.location import on_postgresql, path_of
from socrekry.store.statements import statement

SCHEMA_VERSION = "0004"
HALF_COPIED = "half-copied"
"""What stands in place of the version while a copy is under way: only that copy may go on there."""


class Store:
    """An open store: it runs named statements, inside a transaction when it writes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def location(self) -> str:
        """What the store is called where people see it, without a password."""
        return self._engine.location

    @property
    def engine(self) -> EngineName:
        """Which engine it is on: ``sqlite`` or ``postgresql``."""
        return self._engine.name

    def rows(self, name: str, /, **values: Any) -> list[Row]:
        """Return every row that the named statement gives."""
        with keepable(values):
            return self._engine.rows(statement(name), values)

    def row(self, name: str, /, **values: Any) -> Row | None:
        """Return the first row that the named statement gives, or None."""
        with keepable(values):
            return self._engine.row(statement(name), values)

    def value(self, name: str, /, **values: Any) -> Any:
        """Return the first column of the first row, or None."""
        row = self.row(name, **values)
        return row[0] if row else None

    def write(self, name: str, /, **values: Any) -> int:
        """Run a statement that writes; return how many rows it touched."""
        with keepable(values):
            return self._engine.write(statement(name), values)

    def write_many(self, name: str, rows: Sequence[dict[str, Any]]) -> None:
        """Run a statement that writes, once for each row of values."""
        if rows:
            with keepable(*rows):
                self._engine.write_many(statement(name), rows)

    def hold(self, table: str, numbers: Sequence[int]) -> None:
        """Keep others from changing what hangs on some persons, cohorts or staff until the transaction ends.

        Everybody who writes *beside others* holds what a rule asks about before asking, in the order
        person, cohort, staff; so two who would take the last seat come one after the other.
        """
        if numbers:
            self._engine.hold(table, sorted(set(numbers)))

    def load(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Put whole rows into a table as fast as the engine can; Duplicate where one cannot be kept."""
        self._engine.load(table, columns, rows)

    @contextmanager
    def transaction(self, *, keep: bool = True, alone: bool = True) -> Iterator[None]:
        """Begin; commit at the end, or roll back on an error and where ``keep`` is false."""
        self._engine.begin(alone=alone)
        try:
            yield
            if keep:
                self._engine.commit()
        finally:
            self._engine.roll_back()

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Run a part of the transaction under way: on an error it alone is taken back.

        An interruption may come at any moment, also when the part is just over; it ends the whole
        transaction, which takes back the part as well.
        """
        self._engine.run("SAVEPOINT part")
        try:
            yield
            self._engine.run("RELEASE SAVEPOINT part")
        except Exception:
            if self._engine.within_transaction:  # a full disk or a lost connection has ended all of it
                self._engine.take_back_part()
            raise

    @property
    def within_transaction(self) -> bool:
        """Whether a transaction is under way."""
        return self._engine.within_transaction

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read as of one moment: what others write meanwhile does not show."""
        if self._engine.within_transaction:
            yield
            return
        self._engine.begin_reading()
        try:
            yield
        finally:
            self._engine.roll_back()

    def reconnect(self) -> None:
        """Connect anew after `socrekry.store.failures.ConnectionLost`; StoreUnavailable as `open_store`."""
        self._engine.reconnect()

    def engine_rows(self, sql: str, *values: Any) -> list[Row]:
        """Return what SQL that only this engine knows gives; for the rooms that look after an engine."""
        return self._engine.engine_rows(sql, values)

    def close(self) -> None:
        """Let go of it."""
        self._engine.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def open_store(location: str, *, writing: bool, furnish: Callable[[Store], None] | None = None) -> Store:
    """Open a store; where there is no file, make it, and let ``furnish`` fill it first.

    StoreUnavailable where it cannot be reached or written, is empty or on an older schema; StoreDamaged
    where it is no store or comes from a newer version.
    """
    if on_postgresql(location):
        store = store_at(location, writing=writing)
        try:
            _require_schema(store)
        except BaseException:
            store.close()
            raise
        return store
    path = path_of(location)
    if not os.path.exists(path):
        _make(path, furnish)
    store = store_at(path, writing=writing)
    try:
        _require_schema(store)
    except SocrekryError as error:
        store.close()
        if not writing and error.code == "store-read-only" and os.access(path, os.W_OK):
            return open_store(location, writing=True)  # a journal that a killed process left behind
        raise
    return store


def store_at(location: str, *, writing: bool) -> Store:
    """Return the store at a path or a URL, whatever its schema; errors as `open_store`."""
    if on_postgresql(location):
        try:
            from socrekry.store.postgresql.connection import (
                OnPostgreSQL,  # whoever works on a file never loads it
            )
        except ImportError as missing:
            raise StoreUnavailable("engine-missing", engine="PostgreSQL", extra="postgres") from missing
        return Store(OnPostgreSQL(location, writing=writing))
    from socrekry.store.sqlite.connection import OnSQLite

    return Store(OnSQLite(location, writing=writing))


def store_on(location: str, connection: Any) -> Store:
    """Return the store that a driver's connection, which is there already, leads to."""
    if on_postgresql(location):
        from socrekry.store.postgresql.connection import OnPostgreSQL

        return Store(OnPostgreSQL(location, writing=True, connection=connection))
    from socrekry.store.sqlite.connection import OnSQLite

    return Store(OnSQLite(location, writing=True, connection=connection))


def version_at(location: str) -> str:
    """Return the version of the schema of the store at a place, whatever it is; errors as `open_store`.

    StoreUnavailable("store-not-found") where there is no file: whoever asks does not want a new one.
    """
    if on_postgresql(location):
        with store_at(location, writing=False) as store:
            return schema_version(store)
    path = path_of(location)
    if not os.path.exists(path):
        raise StoreUnavailable("store-not-found", store=path)
    from socrekry.store.sqlite.connection import may_be_written

    with store_at(path, writing=may_be_written(path)) as store:
        return schema_version(store)


def schema_version(store: Store) -> str:
    """Return the version of the schema.

    StoreDamaged("not-a-store") if it has none of ours; StoreUnavailable("store-empty") if it has none at all,
    ("store-half-copied") while it is copied into.
    """
    try:
        found = str(store.value("store.schema_version"))
    except StoreDamaged as error:
        if error.code == "not-a-store" and store.engine == "postgresql" and _is_empty(store):
            raise StoreUnavailable(_empty(store), store=store.location) from error
        raise
    if found.startswith(HALF_COPIED):
        raise StoreUnavailable("store-half-copied", store=store.location)
    if len(found) != len(SCHEMA_VERSION) or not found.isdecimal():  # another program that uses Alembic
        raise StoreDamaged("not-a-store", store=store.location, reason=f"alembic_version {found}")
    return found


_ANYTHING = """
    SELECT 1 FROM pg_class
    WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema()) LIMIT 1
"""


def _empty(store: Store) -> str:
    """Return what a database without a store lacks: the store, or the schema that it would be in."""
    ((schema,),) = store.engine_rows("SELECT current_schema()")
    return "schema-not-found" if schema is None else "store-empty"


def _is_empty(store: Store) -> bool:
    return not store.engine_rows(_ANYTHING)


def _require_schema(store: Store) -> None:
    found = schema_version(store)
    if found > SCHEMA_VERSION:
        raise StoreDamaged("store-newer", store=store.location, found=found, known=SCHEMA_VERSION)
    if found < SCHEMA_VERSION:
        raise StoreUnavailable(
            "store-needs-migration", store=store.location, found=found, known=SCHEMA_VERSION
        )


def _make(path: str, furnish: Callable[[Store], None] | None) -> None:
    """Make a new store in a file: its schema, and what it is furnished with."""
    from socrekry.store.migrate import create  # Alembic costs half a second: only a first use pays it
    from socrekry.store.sqlite.connection import make

    def fill(draft: str) -> None:
        create(draft)
        if furnish is not None:
            with store_at(draft, writing=True) as store:
                furnish(store)

    make(path, fill)
