"""Stores that move: what is in one, places for another, and processes that are killed on the way.

What a store holds is read here in plain SQL, not by what copies it: a copy that left something out, and
a comparison that left it out as well, would agree.
"""

import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlmodel import SQLModel

import socrekry.store.schema  # noqa: F401 – declares the tables
from socrekry.store import migrate
from tests.contract.statement_values import BOUNDARY_ROWS
from tests.contract.test_upgrade import FIRST
from tests.engines import OnPostgreSQL, OnSQLite, Row, filled, new_database, uri_of
from tests.stories import a_story
from tests.tampering import behind_its_back

TABLES = [table.name for table in SQLModel.metadata.sorted_tables]
BEYOND = (
    "INSERT INTO unit_access (id, role_name, unit_id) VALUES (103, 'bodil', 1), (104, 'åke', NULL)",
    "DELETE FROM touch WHERE id = 99",  # whose number is not given to another
)
# Copies, and falls dead at a moment: after so many rows of a stage, or (``within``) before a commit.
DIES = """
import os, sys
from socrekry.services import copied_tables, copying, watching
from socrekry.store import loading

source, target, stage, after = *sys.argv[1:4], int(sys.argv[4])
copied_tables.BATCH = 7

class Watch(watching.Watch):
    def at(self, now, done, of):
        if now == stage and done >= after:
            os.kill(os.getpid(), 9)

def load(store, table, rows, done=[0], load=loading.load):
    load(store, table, rows)
    done[0] += len(rows)
    if stage == "within" and done[0] >= after:
        os.kill(os.getpid(), 9)

loading.load = load
copying.copy(source, target, Watch())
"""


def a_full_story(folder: Path) -> Path:
    """Return the path of a store with something in every table, odd rows, and a number that is gone."""
    path = a_story(folder)
    with behind_its_back(path) as connection:
        for statement in (*BOUNDARY_ROWS, *BEYOND):
            connection.run(statement)
    return path


def a_sound_story(folder: Path) -> Path:
    """Return the path of a store with nothing wrong in it, to which a right was given."""
    path = a_story(folder)
    with behind_its_back(path) as connection:
        connection.run(BEYOND[0])
    return path


def an_older_story(folder: Path) -> Path:
    """Return the path of a store of the first version with a story in it, which lies beside."""
    scripts = folder / "first"
    shutil.copytree(Path(migrate.__file__).parent / "migrations", scripts)
    for script in (scripts / "versions").glob("0*.py"):
        if not script.name.startswith("0001"):
            script.unlink()
    older = folder / "older.db"
    migrate.create(str(older), str(scripts))
    with closing(OnSQLite(older)) as store:
        filled(store, a_story(folder), FIRST)
    return older


def a_place(engine: str, folder: Path, name: str = "target") -> str:
    """Return a place on an engine where there is nothing yet."""
    if engine == "sqlite":
        return str(folder / f"{name}.db")
    return uri_of(new_database()).replace(":@", "@")  # no password is given, not even an empty one


def on(location: str) -> OnSQLite | OnPostgreSQL:
    """Return a connection to what is at a place."""
    return OnPostgreSQL(location) if "://" in location else OnSQLite(Path(location))


def run(location: str, sql: str) -> list[Row]:
    """Run a statement on what is at a place; return its rows."""
    with closing(on(location)) as store:
        return store.run(sql)[0]


def everything(location: str) -> dict[str, list[Row]]:
    """Return every row of every table, and the last number that each has given."""
    with closing(on(location)) as store:
        found = {table: sorted(map(_plain, _rows(store, table)), key=repr) for table in TABLES}
        return found | {"numbers given": _numbers(store)}


def _rows(store: OnSQLite | OnPostgreSQL, table: str) -> list[Row]:
    names = [column.name for column in SQLModel.metadata.tables[table].columns]
    listed = ", ".join(f'"{name}"' for name in names)
    return store.run(f"SELECT {listed} FROM {table}")[0]


def _plain(row: Row) -> Row:
    return tuple(int(value) if isinstance(value, bool) else value for value in row)


def _numbers(store: OnSQLite | OnPostgreSQL) -> list[Row]:
    if isinstance(store, OnSQLite):
        return store.run("SELECT name, seq FROM sqlite_sequence WHERE seq > 0 ORDER BY name")[0]
    asked = "SELECT sequencename, last_value FROM pg_sequences WHERE last_value IS NOT NULL"
    return sorted((name.removesuffix("_id_seq"), last) for name, last in store.run(asked)[0])


def killed(program: str, *words: object, **surroundings: str) -> None:
    """Run a program that kills itself; it is an error if it lives."""
    command = [sys.executable, "-c", program, *map(str, words)]
    done = subprocess.run(
        command, env=os.environ | surroundings, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode not in (0, 1), done.stderr


def details(error: Any) -> tuple[str, Any]:
    """Return the code of an error and its details."""
    return error.value.code, error.value.details
