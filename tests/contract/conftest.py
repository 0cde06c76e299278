"""A store on each engine, empty or with the same story in it, let go of at the end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.statement_values import BOUNDARY_ROWS
from tests.engines import Connected, OnPostgreSQL, OnSQLite, copied, on_postgresql, on_sqlite
from tests.stories import a_story


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Connected]:
    """Give an empty store on each engine in turn."""
    opened: Connected = on_sqlite(tmp_path) if request.param == "sqlite" else on_postgresql()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[OnSQLite, OnPostgreSQL]]:
    """Give two stores that hold the same rows, for tests that keep nothing."""
    from sqlmodel import SQLModel

    import socrekry.store.schema  # noqa: F401 – declares the tables

    path = a_story(tmp_path_factory.mktemp("both"))
    sqlite = OnSQLite(path)
    for row in BOUNDARY_ROWS:
        sqlite.run(row)
    postgresql = copied(path, [table.name for table in SQLModel.metadata.sorted_tables])
    yield sqlite, postgresql
    sqlite.close()
    postgresql.close()
