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
from contextlib import contextmanager, suppress
from typing import Any, Literal

import psycopg
from psycopg import pq
from psycopg.conninfo import conninfo_to_dict

from socrekry.domain.errors import InvalidInput, StoreUnavailable
from socrekry.store.engine import Row, Values
from socrekry.store.failures import Duplicate
from socrekry.store.location import masked, without_password
from socrekry.store.postgresql.errors import is_lost, reason_of, translated
from socrekry.store.postgresql.numbers import DRAWN, Drawn, drawn, put_back
from socrekry.store.postgresql.silence import Attentive
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

    def __init__(self, url: str, *, writing: bool, connection: Attentive | None = None) -> None:
        self.location = masked(url)
        self._url, self._writing = url, writing
        self._beside_others = False
        self._drawn: Drawn = {}  # before the transaction under way, if it is alone
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

    def load(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Put whole rows into a table by COPY."""
        names = ", ".join(f'"{name}"' for name in columns)
        copied = f'COPY "{table}" ({names}) FROM STDIN'.encode()
        with self._translating(), self._connection.cursor() as cursor:
            try:
                with cursor.copy(copied) as stream:
                    for row in rows:
                        stream.write_row(row)
            except psycopg.DataError as error:  # a value that no column of PostgreSQL's can hold
                raise Duplicate(reason_of(error)) from error

    def run(self, sql: str) -> None:
        """Run a statement that takes and gives nothing."""
        with self._translating():
            self._connection.execute(sql.encode())

    def begin(self, *, alone: bool) -> None:
        """Begin, and take the store's lock: exclusively to be alone, else shared."""
        self._beside_others, self._drawn = not alone, {}
        try:
            if alone:
                self._drawn = drawn(self._last_rows(f"{_ALONE}; {DRAWN}"))
            else:
                self.run(_BESIDE_OTHERS)
        except BaseException:
            self.roll_back()
            raise

    def take_back_part(self) -> None:
        """Keep nothing of what came after ``SAVEPOINT part``, and draw its numbers again."""
        self.run("ROLLBACK TO SAVEPOINT part; RELEASE SAVEPOINT part")
        with self._translating():
            put_back(self._connection, self._drawn, but_for_rows=True)

    def _last_rows(self, sql: str) -> list[Row]:
        """Run several statements in one go, and return the rows of the last."""
        with self._translating():
            cursor = self._connection.execute(sql.encode())
            while cursor.nextset():
                pass
            return cursor.fetchall()

    def begin_reading(self) -> None:
        """Begin a transaction that sees the store as of one moment, whatever is committed meanwhile."""
        self._beside_others = False
        self.run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")

    def commit(self) -> None:
        """Keep what was written; ConnectionLost ``while_committing`` where nobody can tell whether it was."""
        with self._translating(while_committing=True), self._connection.impatient():
            ended = self._connection.execute("COMMIT").statusmessage
        if ended != "COMMIT":  # whoever went on after an error would be told that it was kept
            raise AssertionError(f"the transaction had failed already: {ended}")

    def roll_back(self) -> None:
        """Keep nothing of the transaction under way; a server that is gone has rolled it back already."""
        if self.within_transaction:
            with suppress(psycopg.Error):  # a gap among the ids is no reason to fail
                put_back(self._connection, self._drawn)
            try:
                self._connection.execute("ROLLBACK")
            except psycopg.Error:
                self._connection.close()

    def hold(self, table: str, numbers: Sequence[int]) -> None:
        """Lock these rows against others who hold them; whoever is alone, or only reads, need not."""
        if self._beside_others:
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
            if is_lost(error):
                self._connection.close()  # so that nothing goes on where it cannot be kept
            raise translated(error, self.location, while_committing=while_committing) from error


_UNDER_WAY = (pq.TransactionStatus.INTRANS, pq.TransactionStatus.INERROR)
_TAKEN = "SELECT {taken}({lock[0]}, {lock[1]})"
_BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED; "
_ALONE = _BEGIN + _TAKEN.format(taken="pg_advisory_xact_lock", lock=LOCK)
_BESIDE_OTHERS = _BEGIN + _TAKEN.format(taken="pg_advisory_xact_lock_shared", lock=LOCK)


# A server that is told to answer before it has written would lose what was acknowledged.
_DURABLE = (
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"
)


def alone(connection: "psycopg.Connection[Row]", place: str) -> None:
    """Keep every other writer out until the transaction that is under way ends; errors as `translated`."""
    try:
        connection.execute(_TAKEN.format(taken="pg_advisory_xact_lock", lock=LOCK).encode())
    except psycopg.Error as error:
        raise translated(error, place) from error


def connected(url: str, *, writing: bool) -> Attentive:
    """Return a connection to a database, in autocommit and set up to read or to write.

    InvalidInput("store-url-invalid"); StoreUnavailable("store-unreachable") and as `translated`.
    """
    url = f"postgresql://{url.partition('://')[2]}"  # libpq knows it in small letters alone
    try:
        told = conninfo_to_dict(url)
    except psycopg.ProgrammingError as error:
        reason = without_password(reason_of(error), url)
        raise InvalidInput("store-url-invalid", store=masked(url), reason=reason) from error
    by_service = "service" in told or "PGSERVICE" in os.environ  # whose file may say any of it
    defaults = {
        name: value
        for name, (variable, value) in _PATIENCE.items()
        if name not in told and not (by_service or (variable and variable in os.environ))
    }
    place = masked(url)
    try:
        connection = Attentive.connect(url, autocommit=True, client_encoding="utf8", **defaults)  # type: ignore[arg-type]
    except psycopg.Error as error:
        reason = without_password(reason_of(error), url)
        raise StoreUnavailable("store-unreachable", store=place, reason=reason) from error
    try:
        _require_utf8(connection, place)
        connection.execute(_setting(writing=writing).encode())
    except psycopg.Error as error:
        connection.close()
        raise translated(error, place) from error
    except StoreUnavailable:
        connection.close()
        raise
    return connection


def _require_utf8(connection: Attentive, place: str) -> None:
    """Raise StoreUnavailable("store-not-utf8") for a database that cannot keep every name."""
    found = connection.info.parameter_status("server_encoding")
    if found != "UTF8":
        raise StoreUnavailable("store-not-utf8", store=place, encoding=found)


def _setting(*, writing: bool) -> str:
    """Return what a connection is told first: how long to wait, and to call kept what is on disk."""
    wait = f"SET lock_timeout = {max(1, round(busy_seconds() * 1000))}; SET standard_conforming_strings = on"
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
