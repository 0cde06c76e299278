"""On PostgreSQL as well a migration takes all of its steps, or leaves schema and rows as they were."""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest

from socrekry.domain.errors import StoreDamaged, StoreUnavailable
from socrekry.services.checking import check
from socrekry.services.upgrading import upgrade_store
from socrekry.store.connect import SCHEMA_VERSION, open_store, version_at
from socrekry.store.location import masked
from socrekry.store.migrate import create
from tests.contract.test_schema import in_postgresql
from tests.contract.test_upgrade import FIRST, scripts_until
from tests.engines import OnPostgreSQL, filled, new_database, uri_of
from tests.store.test_migrate import BAD, GOOD, scripts_with
from tests.stories import a_story, a_story_on_postgresql

NEXT = f"{int(SCHEMA_VERSION) + 1:04}"
KEPT = (
    "SELECT relname::text FROM pg_class WHERE relkind IN ('r', 'S') AND relnamespace = 'public'::regnamespace"
)


@pytest.fixture
def url() -> str:
    """A database with a story in it."""
    return a_story_on_postgresql()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for nobody."""
    monkeypatch.setenv("SOCREKRY_BUSY_SECONDS", "0.1")


def everything(url: str) -> dict[str, Any]:
    """Return the whole catalogue of a store, its rows, and where its sequences stand."""
    with closing(OnPostgreSQL(url)) as store:
        found: dict[str, Any] = in_postgresql(store.connection.info.dbname)
        for (name,) in store.run(KEPT)[0]:
            found[name] = sorted(store.run(f'SELECT * FROM public."{name}"')[0], key=repr)
    return found


def test_a_store_is_brought_up_to_the_last_step(url: str, tmp_path: Path) -> None:
    create(url, scripts_with(tmp_path, GOOD))
    found = everything(url)
    assert found["alembic_version"] == [(NEXT,)]
    assert ("unit", "nickname") in {(table, column) for table, _, column, *_ in found["columns"]}


@pytest.mark.parametrize("bad", BAD)
def test_a_step_that_fails_leaves_schema_and_rows_as_they_were(url: str, tmp_path: Path, bad: str) -> None:
    before = everything(url)
    with pytest.raises((StoreDamaged, KeyError)):
        create(url, scripts_with(tmp_path, GOOD, BAD[bad]))
    assert everything(url) == before


def test_a_failure_says_where_and_why(url: str, tmp_path: Path) -> None:
    with pytest.raises(StoreDamaged) as raised:
        create(url, scripts_with(tmp_path, BAD["a statement that cannot be run"]))
    expected = {"store": masked(url), "reason": 'relation "nowhere" does not exist'}
    assert (raised.value.code, raised.value.details) == ("migration-failed", expected)


def test_a_rehearsal_takes_every_step_and_keeps_none(url: str, tmp_path: Path) -> None:
    before, scripts = everything(url), scripts_with(tmp_path, GOOD)
    create(url, scripts, keep=False)
    assert everything(url) == before


def test_a_rehearsal_in_an_empty_database_leaves_it_empty() -> None:
    url = uri_of(new_database())
    before = everything(url)
    assert upgrade_store(url, dry_run=True).before is None
    assert everything(url) == before


def test_a_rehearsal_meets_the_same_failure(url: str, tmp_path: Path) -> None:
    with pytest.raises(StoreDamaged):
        create(url, scripts_with(tmp_path, BAD["a row that breaks a constraint"]), keep=False)


def test_a_store_from_a_newer_version_is_left_alone(url: str, tmp_path: Path) -> None:
    create(url, scripts_with(tmp_path, GOOD))
    before = everything(url)
    with pytest.raises(StoreDamaged) as raised:
        upgrade_store(url)
    assert (raised.value.code, everything(url)) == ("store-newer", before)


def test_a_store_that_somebody_writes_to_is_busy(url: str, tmp_path: Path, impatient: None) -> None:
    before = everything(url)
    for alone in (True, False):
        with open_store(url, writing=True) as other, other.transaction(alone=alone):
            with pytest.raises(StoreUnavailable) as raised:
                create(url, scripts_with(tmp_path / str(alone), GOOD))
            assert (raised.value.code, raised.value.details["store"]) == ("store-busy", masked(url))
    assert everything(url) == before


def test_a_table_that_somebody_reads_is_waited_for(url: str, tmp_path: Path, impatient: None) -> None:
    scripts = scripts_with(tmp_path, GOOD)
    with open_store(url, writing=False) as other, other.snapshot():
        units = other.rows("programme.units")
        with pytest.raises(StoreUnavailable) as raised:
            create(url, scripts)
        assert other.rows("programme.units") == units
    assert raised.value.code == "store-busy"
    create(url, scripts)
    assert version_at(url) == NEXT


def test_who_comes_during_a_migration_waits_and_goes_on(url: str, impatient: None) -> None:
    with psycopg.connect(url) as migrating:
        migrating.execute("ALTER TABLE unit ADD COLUMN nickname text")
        with open_store(url, writing=False) as other, pytest.raises(StoreUnavailable) as raised:
            other.rows("programme.units")
        migrating.rollback()
    assert raised.value.code == "store-busy"
    with open_store(url, writing=False) as other:
        assert other.rows("programme.units")


def an_old_store(folder: Path) -> str:
    """Return the URL of a store as the first version kept it."""
    url = uri_of(new_database())
    create(url, scripts_until("0001", folder))
    with closing(OnPostgreSQL(url)) as store:
        filled(store, a_story(folder), FIRST)
    return url


@pytest.mark.parametrize("old", [True, False])
def test_of_two_who_migrate_at_once_one_does_it_and_both_are_content(tmp_path: Path, old: bool) -> None:
    url = an_old_store(tmp_path) if old else uri_of(new_database())
    command = [sys.executable, "-m", "socrekry", "migrate"]
    told = os.environ | {"SOCREKRY_DB": url, "SOCREKRY_CONFIG": str(tmp_path / "none.toml")}
    pair = [subprocess.Popen(command, env=told, stdout=subprocess.DEVNULL) for _ in "ab"]
    assert [each.wait(60) for each in pair] == [0, 0]
    with open_store(url, writing=False) as store:
        assert len(store.rows("programme.pipeline_names")) == 2
        assert check(store).found == 0


class TestASchemaOfItsOwn:
    """A store may be in a schema that search_path names, beside whatever else is in the database."""

    @pytest.fixture
    def beside(self) -> str:
        """Give the URL of a schema in a database where another program has its tables."""
        url = uri_of(new_database())
        with psycopg.connect(url, autocommit=True) as theirs:
            theirs.execute("CREATE TABLE alembic_version AS SELECT '1975ea83b712' AS version_num")
            theirs.execute('CREATE SCHEMA "Vår store"')
        named = quote('-csearch_path="Vår\\ store"', safe="")
        return f"{url}{'&' if '?' in url else '?'}options={named}"

    def test_it_is_made_there_and_found_there(self, beside: str) -> None:
        before = everything(beside)
        assert upgrade_store(beside).before is None
        assert everything(beside) == before
        with open_store(beside, writing=True) as store:
            assert check(store).found == 0
            store.write("programme.add_university", code="x", name="X", town="X")
        assert upgrade_store(beside).before == SCHEMA_VERSION

    def test_without_naming_it_the_other_program_is_left_alone(self, beside: str) -> None:
        upgrade_store(beside)
        with pytest.raises(StoreDamaged) as raised:
            upgrade_store(beside.rpartition("options=")[0].rstrip("&?"))
        assert raised.value.code == "not-a-store"

    def test_a_schema_that_is_not_there_is_named_as_what_lacks(self, beside: str) -> None:
        for ask in (upgrade_store, version_at):
            with pytest.raises(StoreUnavailable) as raised:
                ask(beside.replace("store", "stora"))
            assert raised.value.code == "schema-not-found"
