"""A store on PostgreSQL: how it is reached, begun, held and let go of; psycopg is imported here alone.

A transaction that writes takes the store's own lock (an advisory lock): exclusively where it must be alone,
shared where it runs beside others and holds the rows that its rules ask about. Every statement then sees
what was committed before it (READ COMMITTED), so what is read after a lock is what the lock protects.
Whoever reads several things at once reads them as of one moment (REPEATABLE READ).

Who connects is told by the URL, a service file or libpq's own variables; no password is ever shown.
"""

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal

import psycopg
from psycopg import pq
from psycopg.conninfo import conninfo_to_dict

from socrekry.domain.errors import InvalidInput, StoreUnavailable
from socrekry.store.engine import Row, Values
from socrekry.store.failures import ConnectionLost
from socrekry.store.location import masked
from socrekry.store.postgresql_errors import reason_of, translated
from socrekry.store.waiting import busy_seconds

LOCK = (0x736F6372, 1)
"""The advisory lock that every writing transaction takes, exclusively or shared."""

# What libpq does unless it is told otherwise waits minutes for a server that does not answer.
_PATIENCE: dict[str, tuple[str, str]] = {
    "connect_timeout": ("PGCONNECT_TIMEOUT", "10"),
    "keepalives_idle": ("", "30"),
    "keepalives_interval": ("", "5"),
    "keepalives_count": ("", "3"),
    "tcp_user_timeout": ("", "30000"),
    "application_name": ("PGAPPNAME", "socrekry"),
}
_HOLD = {
    "person": "SELECT id FROM person WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE",
    "cohort": "SELECT id FROM cohort WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE",
    "staff": "SELECT id FROM staff WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE",
}
_texts: dict[str, bytes] = {}


class OnPostgreSQL:
    """A connection to a store on PostgreSQL."""

    name: Literal["postgresql"] = "postgresql"

    def __init__(
        self, url: str, *, writing: bool, connection: "psycopg.Connection[Row] | None" = None
    ) -> None:
        self.location = masked(url)
        self._url, self._writing = url, writing
        self._alone = connection is not None  # one that is handed over is in a transaction of its own
        self._connection = connection or connected(url, writing=writing)

    @property
    def within_transaction(self) -> bool:
        """Whether a transaction is under way."""
        return self._connection.pgconn.transaction_status in _UNDER_WAY

    def rows(self, sql: str, values: Values) -> list[Row]:
        """Return every row that a statement gives."""
        with self._translating():
            return self._connection.execute(for_psycopg(sql), values or None).fetchall()

    def row(self, sql: str, values: Values) -> Row | None:
        """Return the first row that a statement gives, or None."""
        with self._translating():
            return self._connection.execute(for_psycopg(sql), values or None).fetchone()

    def write(self, sql: str, values: Values) -> int:
        """Run a statement that writes; return how many rows it touched."""
        with self._translating():
            return self._connection.execute(for_psycopg(sql), values or None).rowcount

    def write_many(self, sql: str, rows: Sequence[Values]) -> None:
        """Run a statement that writes, once for each row of values, without waiting for each answer."""
        with self._translating(), self._connection.cursor() as cursor:
            cursor.executemany(for_psycopg(sql), rows)

    def run(self, sql: str) -> None:
        """Run a statement that takes and gives nothing."""
        with self._translating():
            self._connection.execute(sql.encode())

    def begin(self, *, alone: bool) -> None:
        """Begin, and take the store's lock: exclusively to be alone, else shared."""
        self._alone = alone
        try:
            self.run(_ALONE if alone else _BESIDE_OTHERS)
        except BaseException:
            self.roll_back()
            raise

    def begin_reading(self) -> None:
        """Begin a transaction that sees the store as of one moment, whatever is committed meanwhile."""
        self.run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")

    def commit(self) -> None:
        """Keep what was written; ConnectionLost ``while_committing`` where nobody can tell whether it was."""
        with self._translating(while_committing=True):
            ended = self._connection.execute("COMMIT").statusmessage
        assert ended == "COMMIT", f"the transaction had failed already: {ended}"

    def roll_back(self) -> None:
        """Keep nothing of the transaction under way; a server that is gone has rolled it back already."""
        if self.within_transaction:
            try:
                self._connection.execute("ROLLBACK")
            except psycopg.Error:
                self._connection.close()

    def hold(self, table: str, numbers: Sequence[int]) -> None:
        """Lock these rows against others who hold them; whoever is alone need not."""
        if not self._alone:
            with self._translating():
                self._connection.execute(_HOLD[table], (list(numbers),))

    def reconnect(self) -> None:
        """Connect anew, to whichever server takes writes now."""
        self._connection.close()
        self._connection = connected(self._url, writing=self._writing)

    def engine_rows(self, sql: str, values: Sequence[Any]) -> list[Row]:
        """Return what SQL that only PostgreSQL knows gives."""
        with self._translating():
            cursor = self._connection.execute(sql.encode(), values or None)
            return cursor.fetchall() if cursor.description is not None else []

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()

    @contextmanager
    def _translating(self, *, while_committing: bool = False) -> Iterator[None]:
        """Say in our own words what the driver raises, while a statement begins and while it gives rows."""
        try:
            yield
        except psycopg.Error as error:
            if self._connection.closed:
                raise ConnectionLost(
                    while_committing=while_committing, store=self.location, reason=reason_of(error)
                ) from error
            raise translated(error, self.location) from error


_UNDER_WAY = (pq.TransactionStatus.INTRANS, pq.TransactionStatus.INERROR)
_TAKEN = "SELECT {taken}({lock[0]}, {lock[1]})"
_BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED; "
_ALONE = _BEGIN + _TAKEN.format(taken="pg_advisory_xact_lock", lock=LOCK)
_BESIDE_OTHERS = _BEGIN + _TAKEN.format(taken="pg_advisory_xact_lock_shared", lock=LOCK)


# A server that is told to answer before it has written would lose what was acknowledged.
_DURABLE = (
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"
)


def alone(connection: "psycopg.Connection[Row]") -> None:
    """Keep every other writer out until the transaction that is under way ends; errors as `translated`."""
    try:
        connection.execute(_TAKEN.format(taken="pg_advisory_xact_lock", lock=LOCK).encode())
    except psycopg.Error as error:
        raise translated(error, "") from error


def connected(url: str, *, writing: bool) -> "psycopg.Connection[Row]":
    """Return a connection to a database, in autocommit and set up to read or to write.

    InvalidInput("store-url-invalid"); StoreUnavailable("store-unreachable") and as `translated`.
    """
    try:
        told = conninfo_to_dict(url)
    except psycopg.ProgrammingError as error:
        raise InvalidInput("store-url-invalid", store=masked(url), reason=reason_of(error)) from error
    by_service = "service" in told or "PGSERVICE" in os.environ  # whose file may say any of it
    defaults = {
        name: value
        for name, (variable, value) in _PATIENCE.items()
        if name not in told and not (by_service or (variable and variable in os.environ))
    }
    place = masked(url)
    try:
        connection = psycopg.connect(url, autocommit=True, **defaults)  # type: ignore[arg-type]
    except psycopg.Error as error:
        raise StoreUnavailable("store-unreachable", store=place, reason=reason_of(error)) from error
    try:
        connection.execute(_setting(writing=writing).encode())
    except psycopg.Error as error:
        connection.close()
        raise translated(error, place) from error
    return connection


def _setting(*, writing: bool) -> str:
    """Return what a connection is told first: how long to wait, and to call kept what is on disk."""
    wait = f"SET lock_timeout = {max(1, round(busy_seconds() * 1000))}"
    if not writing:
        return f"{wait}; SET default_transaction_read_only = on"
    return f"{wait}; {_DURABLE}"


def for_psycopg(sql: str) -> bytes:
    """Return a statement with ``:name`` written ``%(name)s``; a text in quotes stays as it is."""
    if sql not in _texts:
        if re.search(r":[a-z_]", sql) is None:
            _texts[sql] = sql.encode()
        else:
            parts = re.split(r"('[^']*')", sql.replace("%", "%%"))
            _texts[sql] = "".join(
                part if part.startswith("'") else re.sub(r"(?<!:):([a-z_]+)", r"%(\1)s", part)
                for part in parts
            ).encode()
    return _texts[sql]
