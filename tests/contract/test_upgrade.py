"""A store of an earlier version keeps everything that is in it when it is brought up to this one."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from socrekry.store import migrate
from socrekry.store.migrate import create, upgrade
from tests.engines import Connected, OnPostgreSQL, OnSQLite, filled, new_database, sqlalchemy_engine, uri_of
from tests.stories import a_story

FIRST = (
    "actor", "command", "unit", "university", "pipeline", "cohort", "staff", "staff_role", "staff_capacity",
    "person", "tag", "candidacy", "event", "remark", "stay", "fact", "assignment", "edit",
)  # fmt: skip
"""The tables of the first version, each after those that it refers to."""


def scripts_until(version: str, folder: Path) -> str:
    """Return the migrations as an earlier version had them."""
    location = folder / f"until {version}"
    shutil.copytree(Path(migrate.__file__).parent / "migrations", location)
    for script in (location / "versions").glob("0*.py"):
        if script.name[:4] > version:
            script.unlink()
    return str(location)


@pytest.fixture
def first_scripts(tmp_path: Path) -> str:
    """The migrations as the first version had them."""
    return scripts_until("0001", tmp_path)


@pytest.fixture(params=["sqlite", "postgresql"])
def upgraded(request: pytest.FixtureRequest, tmp_path: Path, first_scripts: str) -> Iterator[Connected]:
    """A story kept by the first version, after the upgrade."""
    story, store = _kept(tmp_path), _first_version(request.param, tmp_path, first_scripts)
    filled(store, story, FIRST)
    if isinstance(store, OnSQLite):
        create(str(tmp_path / "first.db"))
    else:
        engine = sqlalchemy_engine(store.connection.info.dbname)
        upgrade(engine)
        engine.dispose()
    with closing(store):
        yield store


def _kept(folder: Path) -> Path:
    """Return a story with something in every table."""
    path = a_story(folder)
    with closing(OnSQLite(path)) as store:
        store.run("INSERT INTO staff_capacity VALUES (1, 20261, 3)")
    return path


def _first_version(engine: str, folder: Path, scripts: str) -> OnSQLite | OnPostgreSQL:
    if engine == "sqlite":
        create(str(folder / "first.db"), scripts)
        return OnSQLite(folder / "first.db")
    database = new_database()
    made = sqlalchemy_engine(database)
    upgrade(made, scripts)
    made.dispose()
    return OnPostgreSQL(uri_of(database))


@pytest.mark.parametrize("table", FIRST)
def test_every_row_is_there_as_this_version_would_have_kept_it(
    upgraded: Connected, tmp_path: Path, table: str
) -> None:
    with closing(OnSQLite(_kept(tmp_path))) as story:
        columns = [name for (name,) in story.run(f"SELECT name FROM pragma_table_info('{table}')")[0]]
        listed = ", ".join(f'"{name}"' for name in columns)
        rows = [store.run(f"SELECT {listed} FROM {table}")[0] for store in (story, upgraded)]
    assert sorted(rows[0], key=repr) == sorted(rows[1], key=lambda row: repr(_as_sqlite(row)))
    assert rows[0]


def _as_sqlite(row: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(int(value) if isinstance(value, bool) else value for value in row)
