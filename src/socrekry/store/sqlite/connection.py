"""A store in a SQLite file: how it is made, opened, begun and let go of.

Every writing transaction begins IMMEDIATE: a deferred one that reads and then writes fails under
contention. Reading goes through a connection that cannot write. The rollback journal is kept (no
WAL): SQLite before 3.51.3 can lose data when a WAL file is reset, and a transaction costs the same.
The file, and with it the journal, belongs to its user alone.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain
from operator import itemgetter
from typing import Any, Literal
from urllib.parse import quote

from socrekry.domain.errors import StoreDamaged, StoreUnavailable
from socrekry.store import network_disks
from socrekry.store.engine import Row, Values
from socrekry.store.failures import Duplicate
from socrekry.store.waiting import busy_seconds

_waits_for_disk = True
_UNAVAILABLE = {
    "SQLITE_BUSY": "store-busy",
    "SQLITE_LOCKED": "store-busy",
    "SQLITE_READONLY": "store-read-only",
    "SQLITE_FULL": "store-full",
    "SQLITE_IOERR": "store-unreadable",
    "SQLITE_CANTOPEN": "store-unreachable",
    "SQLITE_PERM": "store-unreachable",
    "SQLITE_AUTH": "store-unreachable",
}
# A quota or a limit on the size of files is not called a full disk by SQLite.
_UNWRITABLE = {"SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC", "SQLITE_IOERR_DIR_FSYNC", "SQLITE_IOERR_TRUNCATE"}
_LOADED_TOGETHER, _VARIABLES = 1_000, 32_000  # SQLite takes 32,766 values in a statement
_NO_VERSION = "no such table: alembic_version"  # another program's database
_DAMAGED = {"SQLITE_NOTADB": "not-a-store", "SQLITE_CORRUPT": "store-damaged"}


class OnSQLite:
    """A connection to a store in a SQLite file."""

    name: Literal["sqlite"] = "sqlite"

    def __init__(self, path: str, *, writing: bool, connection: sqlite3.Connection | None = None) -> None:
        self.location = path
        self._connection = connection or connected(path, writing=writing)

    @property
    def within_transaction(self) -> bool:
        """Whether a transaction is under way."""
        return self._connection.in_transaction

    def rows(self, sql: str, values: Values) -> list[Row]:
        """Return every row that a statement gives."""
        with self._translating():
            return self._connection.execute(sql, values).fetchall()

    def row(self, sql: str, values: Values) -> Row | None:
        """Return the first row that a statement gives, or None."""
        with self._translating():
            row: Row | None = self._connection.execute(sql, values).fetchone()
            return row

    def write(self, sql: str, values: Values) -> int:
        """Run a statement that writes; return how many rows it touched."""
        with self._translating():
            return self._connection.execute(sql, values).rowcount

    def write_many(self, sql: str, rows: Sequence[Values]) -> None:
        """Run a statement that writes, once for each row of values."""
        with self._translating():
            self._connection.executemany(sql, rows)

    def load(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Put whole rows into a table, many by one statement; a column that is empty in all is left out.

        A CHECK against a list of words builds that list for each statement anew, at the cost of a row.
        """
        if not rows:
            return
        every = len(rows)
        filled = [
            place for place, column in enumerate(zip(*rows, strict=True)) if column.count(None) != every
        ]
        names = ", ".join(f'"{columns[place]}"' for place in filled)
        pick = itemgetter(*filled) if len(filled) > 1 else lambda row: (row[filled[0]],)
        together = min(_LOADED_TOGETHER, _VARIABLES // len(filled), len(rows))
        places = f"({', '.join('?' * len(filled))})"
        begins = f'INSERT INTO "{table}" ({names}) VALUES '  # noqa: S608 – our own name
        whole = len(rows) - len(rows) % together
        with self._translating():
            many = begins + ", ".join([places] * together)
            for first in range(0, whole, together):
                values = chain.from_iterable(map(pick, rows[first : first + together]))
                self._connection.execute(many, tuple(values))
            self._connection.executemany(begins + places, map(pick, rows[whole:]))

    def run(self, sql: str) -> None:
        """Run a statement that takes and gives nothing."""
        with self._translating():
            self._connection.execute(sql)

    def begin(self, *, alone: bool) -> None:
        """Begin IMMEDIATE: whoever writes to the file writes alone."""
        self.run("BEGIN IMMEDIATE")

    def take_back_part(self) -> None:
        """Keep nothing of what came after ``SAVEPOINT part``."""
        self.run("ROLLBACK TO SAVEPOINT part")
        self.run("RELEASE SAVEPOINT part")

    def begin_reading(self) -> None:
        """Read as of one moment: what others write meanwhile does not show, and waits at the commit."""
        self.run("BEGIN")

    def commit(self) -> None:
        """Keep what was written: it is on the disk when this returns."""
        self.run("COMMIT")

    def roll_back(self) -> None:
        """Keep nothing of it; a full disk has ended all of it already."""
        if self._connection.in_transaction:
            self._connection.rollback()

    def hold(self, table: str, numbers: Sequence[int]) -> None:
        """Do nothing: the transaction holds the whole file."""

    def reconnect(self) -> None:
        """Do nothing: a file is not lost sight of."""

    def engine_rows(self, sql: str, values: Sequence[Any]) -> list[Row]:
        """Return what SQL that only SQLite knows gives."""
        with self._translating():
            return self._connection.execute(sql, values).fetchall()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    @contextmanager
    def _translating(self) -> Iterator[None]:
        """Say in our own words what the driver raises, while a statement begins and while it gives rows."""
        try:
            yield
        except sqlite3.Error as error:
            raise translated(error, self.location) from error


def translated(error: BaseException, location: str = "") -> Exception:
    """Return the driver's error in our words; one that only a bug can cause stays as it is."""
    name = str(getattr(error, "sqlite_errorname", ""))
    kind = "_".join(name.split("_")[:2])
    if kind == "SQLITE_CONSTRAINT":
        return Duplicate(str(error))
    if name in _UNWRITABLE:
        return StoreUnavailable("store-unwritable", store=location, reason=str(error))
    if kind in _UNAVAILABLE:
        return StoreUnavailable(_UNAVAILABLE[kind], store=location, reason=str(error))
    if kind in _DAMAGED:
        return StoreDamaged(_DAMAGED[kind], store=location, reason=str(error))
    if str(error) == _NO_VERSION:
        return StoreDamaged("not-a-store", store=location, reason=str(error))
    return error if isinstance(error, Exception) else RuntimeError(str(error))


@contextmanager
def without_waiting() -> Iterator[None]:
    """Let no commit wait for the disk: for a new store that is thrown away unless all of it succeeds."""
    global _waits_for_disk  # noqa: PLW0603 – connections are opened deep inside the commands that run meanwhile
    _waits_for_disk = False
    try:
        yield
    finally:
        _waits_for_disk = True


def connected(path: str, *, writing: bool) -> sqlite3.Connection:
    """Return a connection to a file, in autocommit and set up to read or to write; errors as `translated`."""
    if os.path.isdir(path):
        raise StoreUnavailable("store-is-a-folder", store=path)
    if writing:
        network_disks.refuse(path)
    mode = "rw" if writing else "ro"
    uri = f"file:{quote(path)}?mode={mode}" if os.name != "nt" else f"file:///{quote(path)}?mode={mode}"
    try:
        # One thread at a time; whoever copies a store reads ahead in another.
        connection = sqlite3.connect(
            uri, uri=True, timeout=busy_seconds(), isolation_level=None, check_same_thread=False
        )
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


def may_be_written(path: str) -> bool:
    """Tell whether somebody who only reads could roll back what a killed process left in a file."""
    return os.access(path, os.W_OK) and (network_disks.is_allowed() or network_disks.kind_of(path) is None)


def make(path: str, fill: Callable[[str], None]) -> None:
    """Make an empty file that belongs to its user alone, and have it filled; all of it or nothing.

    Where somebody was quicker, theirs stands. StoreUnavailable("store-unreachable") where none can be made,
    ("network-disk") where none may be.
    """
    network_disks.refuse(path)
    draft = f"{path}.{os.urandom(4).hex()}.new"  # in a container every process may have the same number
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreUnavailable(
            "store-unreachable", store=path, reason=error.strerror or str(error)
        ) from error
    try:
        fill(draft)
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
