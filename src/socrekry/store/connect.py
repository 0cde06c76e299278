"""From a path to a connection: transactions, and the driver's errors in our own words.

Every writing transaction begins IMMEDIATE: a deferred one that reads and then writes fails under
contention. Reading goes through a connection that cannot write. The rollback journal is kept (no
WAL): SQLite before 3.51.3 can lose data when a WAL file is reset, and a transaction costs the same.
The file, and with it the journal, belongs to its user alone.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Self
from urllib.parse import quote

from socrekry.domain.errors import SocrekryError, StoreDamaged, StoreUnavailable
from socrekry.store.failures import translated
from socrekry.store.statements import statement
from socrekry.store.waiting import busy_seconds

SCHEMA_VERSION = "0002"
Row = tuple[Any, ...]
_waits_for_disk = True


class Store:
    """An open store: it runs named statements, inside a transaction when it writes."""

    def __init__(self, connection: sqlite3.Connection, location: str) -> None:
        self._connection = connection
        self.location = location

    def rows(self, name: str, /, **values: Any) -> list[Row]:
        """Return every row that the named statement gives."""
        with self._translating():
            return self._connection.execute(statement(name), values).fetchall()

    def row(self, name: str, /, **values: Any) -> Row | None:
        """Return the first row that the named statement gives, or None."""
        with self._translating():
            row: Row | None = self._connection.execute(statement(name), values).fetchone()
            return row

    def value(self, name: str, /, **values: Any) -> Any:
        """Return the first column of the first row, or None."""
        row = self.row(name, **values)
        return row[0] if row else None

    def write(self, name: str, /, **values: Any) -> int:
        """Run a statement that writes; return how many rows it touched."""
        with self._translating():
            return self._connection.execute(statement(name), values).rowcount

    def write_many(self, name: str, rows: list[dict[str, Any]]) -> None:
        """Run a statement that writes, once for each row of values."""
        if rows:
            with self._translating():
                self._connection.executemany(statement(name), rows)

    @contextmanager
    def transaction(self, *, keep: bool = True) -> Iterator[None]:
        """Begin IMMEDIATE; commit at the end, or roll back on an error and where ``keep`` is false."""
        self._execute("BEGIN IMMEDIATE")
        try:
            yield
            self._execute("COMMIT" if keep else "ROLLBACK")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.rollback()
            raise

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Run a part of the transaction under way: on an error it alone is taken back.

        An interruption may come at any moment, also when the part is just over; it ends the whole
        transaction, which takes back the part as well.
        """
        self._execute("SAVEPOINT part")
        try:
            yield
            self._execute("RELEASE SAVEPOINT part")
        except Exception:
            if self._connection.in_transaction:  # a full disk has ended all of it already
                self._execute("ROLLBACK TO SAVEPOINT part")
                self._execute("RELEASE SAVEPOINT part")
            raise

    @property
    def within_transaction(self) -> bool:
        """Whether a transaction is under way."""
        return self._connection.in_transaction

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read as of one moment: what others write meanwhile does not show, and waits at the commit."""
        if self._connection.in_transaction:
            yield
            return
        self._execute("BEGIN")
        try:
            yield
        finally:
            self._connection.rollback()

    def engine_rows(self, sql: str, *values: Any) -> list[Row]:
        """Return what SQL that only this engine knows gives; for `socrekry.store.soundness` alone."""
        with self._translating():
            return self._connection.execute(sql, values).fetchall()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _execute(self, sql: str) -> None:
        with self._translating():
            self._connection.execute(sql)

    @contextmanager
    def _translating(self) -> Iterator[None]:
        """Say in our own words what the driver raises, while a statement begins and while it gives rows."""
        try:
            yield
        except sqlite3.Error as error:
            raise translated(error, self.location) from error


def open_store(location: str, *, writing: bool, furnish: Callable[[Store], None] | None = None) -> Store:
    """Open the store at a path; where there is none, make it, and let ``furnish`` fill it first.

    StoreUnavailable where it cannot be reached or written, or is on an older schema; StoreDamaged
    where the file is no store or comes from a newer version.
    """
    path = path_of(location)
    if not os.path.exists(path):
        _make(path, furnish)
    store = Store(_connected(path, writing), path)
    try:
        _require_schema(path, schema_version(store))
    except SocrekryError as error:
        store.close()
        if not writing and error.code == "store-read-only" and os.access(path, os.W_OK):
            return open_store(location, writing=True)  # a journal that a killed process left behind
        raise
    return store


@contextmanager
def without_waiting() -> Iterator[None]:
    """Let no commit wait for the disk: for a new store that is thrown away unless all of it succeeds."""
    global _waits_for_disk  # noqa: PLW0603 – connections are opened deep inside the commands that run meanwhile
    _waits_for_disk = False
    try:
        yield
    finally:
        _waits_for_disk = True


def path_of(location: str) -> str:
    """Return the path that names a store, whole. StoreUnavailable("engine-not-supported") for a URL."""
    if "://" in location:
        raise StoreUnavailable("engine-not-supported", store=masked(location))
    return os.path.abspath(os.path.expanduser(location))


def masked(location: str) -> str:
    """Return a store's place without the password that a URL may hold, before its server or in its query."""
    scheme, found, rest = location.partition("://")
    if not found:
        return location
    address, asks, query = rest.partition("?")
    if "@" in query:  # a password may hold either sign, and nobody can tell which of them parts it off
        return f"{scheme}://{address.partition(':')[0]}:***"
    who, at, place = address.rpartition("@")
    shown = f"{who.partition(':')[0]}:***@{place}" if at else place
    return f"{scheme}://{shown}?***" if asks else f"{scheme}://{shown}"


def _connected(path: str, writing: bool) -> sqlite3.Connection:
    if os.path.isdir(path):
        raise StoreUnavailable("store-is-a-folder", store=path)
    mode = "rw" if writing else "ro"
    uri = f"file:{quote(path)}?mode={mode}" if os.name != "nt" else f"file:///{quote(path)}?mode={mode}"
    try:
        connection = sqlite3.connect(uri, uri=True, timeout=busy_seconds(), isolation_level=None)
    except sqlite3.Error as error:
        raise translated(error, path) from error
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        if writing:  # these read the file, which may be none of ours, or busy
            connection.execute("PRAGMA recursive_triggers = ON")
            connection.execute(f"PRAGMA synchronous = {'FULL' if _waits_for_disk else 'OFF'}")
            connection.execute("PRAGMA secure_delete = ON")
    except sqlite3.Error as error:
        connection.close()
        raise translated(error, path) from error
    return connection


def version_at(location: str) -> str:
    """Return the version of the schema of the store at a path, whatever it is; errors as `open_store`.

    StoreUnavailable("store-not-found") where there is none: whoever asks does not want a new one.
    """
    path = path_of(location)
    if not os.path.exists(path):
        raise StoreUnavailable("store-not-found", store=path)
    with Store(_connected(path, writing=os.access(path, os.W_OK)), path) as store:
        return schema_version(store)


def schema_version(store: Store) -> str:
    """Return the version of the schema. StoreDamaged("not-a-store") if the file has none of ours."""
    try:
        found = str(store.value("store.schema_version"))
    except sqlite3.OperationalError as error:  # another program's database: it has no such table
        raise StoreDamaged("not-a-store", store=store.location, reason=str(error)) from error
    if len(found) != len(SCHEMA_VERSION) or not found.isdecimal():  # another program that uses Alembic
        raise StoreDamaged("not-a-store", store=store.location, reason=f"alembic_version {found}")
    return found


def _require_schema(path: str, found: str) -> None:
    if found > SCHEMA_VERSION:
        raise StoreDamaged("store-newer", store=path, found=found, known=SCHEMA_VERSION)
    if found < SCHEMA_VERSION:
        raise StoreUnavailable("store-needs-migration", store=path, found=found, known=SCHEMA_VERSION)


def _make(path: str, furnish: Callable[[Store], None] | None) -> None:
    """Make an empty file that belongs to its user alone, then its schema; all of it or nothing."""
    from socrekry.store.migrate import create  # Alembic costs half a second: only a first use pays it

    draft = f"{path}.{os.urandom(4).hex()}.new"  # in a container every process may have the same number
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreUnavailable(
            "store-unreachable", store=path, reason=error.strerror or str(error)
        ) from error
    try:
        create(draft)
        if furnish is not None:
            with Store(_connected(draft, writing=True), draft) as store:
                furnish(store)
        _put_in_place(draft, path)
    finally:
        if os.path.exists(draft):
            os.remove(draft)


def _put_in_place(draft: str, path: str) -> None:
    """Give the draft its name, unless somebody was quicker: theirs is then as good."""
    with suppress(FileExistsError):
        try:
            if os.name == "nt":
                os.rename(draft, path)
            else:
                os.link(draft, path)
        except FileExistsError:
            raise
        except OSError:  # no hard links here: whoever makes the name may replace what bears it
            os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))
            os.replace(draft, path)
