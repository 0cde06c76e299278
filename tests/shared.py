"""A store that several people share: on PostgreSQL, with its roles, and logins that are in them.

Roles belong to a server, not to a database, so each login has a name that no other test uses.
"""

import gc
import uuid
from collections.abc import Sequence
from contextlib import closing, redirect_stderr, redirect_stdout
from functools import cache
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
import pytest
from psycopg import sql as names
from sqlmodel import SQLModel

import socrekry.store.schema  # noqa: F401 – declares the tables
from socrekry.__main__ import main
from socrekry.services.roles import apply_roles
from socrekry.store.connect import open_store
from socrekry.store.postgresql.connection import for_psycopg
from socrekry.store.postgresql.roles import OWNER, READER, RECRUITER
from tests.contract.statement_values import BOUNDARY_ROWS
from tests.engines import OnPostgreSQL, OnSQLite, Row, filled, migrated_database, new_database, server, uri_of
from tests.stories import a_story

__all__ = ["OWNER", "READER", "RECRUITER"]


def a_login(*groups: str, options: str = "") -> str:
    """Make a login that is in these groups; return its name."""
    name = f"u{uuid.uuid4().hex}"
    with psycopg.connect(server().get_uri(), autocommit=True) as connection:
        made = names.SQL("CREATE ROLE {} LOGIN " + options)
        connection.execute(made.format(names.Identifier(name)))
        for group in groups:
            connection.execute(names.SQL("GRANT {} TO {}").format(*map(names.Identifier, (group, name))))
    return name


def url_of(database: str, login: str) -> str:
    """Return where a database is for one who logs in."""
    return uri_of(database).replace("//postgres", f"//{login}", 1)


class Somebody:
    """Somebody who has connected past the program, with whatever SQL she likes."""

    def __init__(self, database: str, login: str) -> None:
        self.connection = psycopg.connect(url_of(database, login), autocommit=True)

    def run(self, sql: str, values: dict[str, Any] | None = None) -> list[Row]:
        """Run a statement as a program would, and return its rows."""
        cursor = self.connection.execute(for_psycopg(sql), values or None)
        return cursor.fetchall() if cursor.description else []

    def tries(self, *statements: str) -> str | None:
        """Try statements in one transaction of which nothing is kept; return the state that refuses one."""
        try:
            with self.connection.transaction(force_rollback=True):
                for statement in statements:
                    self.connection.execute(statement.encode())
        except psycopg.Error as error:
            return error.sqlstate
        return None

    def close(self) -> None:
        """Let go."""
        self.connection.close()


def with_roles(database: str) -> str:
    """Have the roles hold in a database; return its name."""
    with open_store(uri_of(database), writing=True) as store:
        apply_roles(store)
    return database


@cache
def _with_the_story() -> str:
    with TemporaryDirectory() as folder:
        path = a_story(Path(folder))
        with closing(OnSQLite(path)) as sqlite:
            for row in BOUNDARY_ROWS:
                sqlite.run(row)
        return _moved(path)


@cache
def the_demo() -> str:
    """Return the name of a database with both founding stories and the roles, for tests that keep nothing."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOCREKRY_CONFIG", f"{folder}/config.toml")
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()) as said:
            assert main(["demo", f"{folder}/demo"]) == 0, said.getvalue()
        gc.enable()  # a command has switched it off
        return _moved(Path(folder, "demo", "demo.db"))


def _moved(path: Path) -> str:
    """Return the name of a database with what a file holds, and the roles."""
    database = new_database(migrated_database())
    with closing(OnPostgreSQL(uri_of(database))) as target:
        filled(target, path, [table.name for table in SQLModel.metadata.sorted_tables])
    return with_roles(database)


def the_story() -> str:
    """Return the name of a new database with the story of `tests.stories`, odd rows, and the roles."""
    database = new_database(_with_the_story())
    with psycopg.connect(uri_of(database), autocommit=True) as connection:
        said = names.SQL("REVOKE CONNECT, TEMPORARY ON DATABASE {} FROM PUBLIC")
        connection.execute(said.format(names.Identifier(database)))
        said = names.SQL("GRANT CONNECT ON DATABASE {} TO {}")
        groups = names.SQL(", ").join(map(names.Identifier, (OWNER, RECRUITER, READER)))
        connection.execute(said.format(names.Identifier(database), groups))
    return database


def states(somebody: Somebody, tries: Sequence[str]) -> dict[str, str | None]:
    """Return what each statement by itself is refused with, if it is."""
    return {each: somebody.tries(each) for each in tries}


def columns_for(somebody: Somebody) -> list[tuple[str, str]]:
    """Return every column of the schema that somebody may read, whatever the right comes from."""
    rows = somebody.run(
        "SELECT c.relname::text, quote_ident(a.attname) "
        "FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 "
        "WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'S') "
        "AND NOT a.attisdropped AND has_column_privilege(c.oid, a.attnum, 'SELECT')"
    )
    return [(table, column) for table, column in rows]
