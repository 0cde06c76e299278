"""`socrekry migrate` brings along a store of any earlier version, and both engines answer alike then."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from sqlmodel import SQLModel

import socrekry.store.schema  # noqa: F401 – declares the tables
from socrekry.exchange.stories import read_lines
from socrekry.store.migrate import create, upgrade
from tests.contract.desks import Desk, two_desks, type_at_both
from tests.contract.test_upgrade import FIRST, scripts_until
from tests.engines import OnPostgreSQL, OnSQLite, filled, new_database, sqlalchemy_engine, uri_of
from tests.stories import a_story

VERSIONS = ("0001", "0002", "0003")
LATER = {"0003": {"unit_access"}, "0004": {"former_id", "merged", "told_apart"}}
"""The tables that came with a version, beside the tallies."""
OUTREACH = """
socrekry add-activity visit "Klassbesök Åre" --on 2025-02-03 --university sh --cost 2400 --reached 52
socrekry add-touch C-1 A-1
socrekry add-voice A-1 wish supervision --count 5
socrekry add-theme övertid Övertid
socrekry add-voice C-4 concern övertid "Mycket övertid"
socrekry add-need Barn VT2027 6
socrekry add-cost agency 2018 6,9 Mkr
socrekry add-agreement sh HT2025 --seats 4 --status asked --contact "08-608 40 00"
socrekry assume agency-factor-low 2,4
socrekry assign --external "VFU-student" --supervisor S-1 --term HT2026
"""
MIGRATION = """
socrekry list  # ! 6
socrekry migrate --dry-run
socrekry list  # ! 6
socrekry migrate
socrekry migrate
socrekry check
"""
ANSWERS = """
socrekry list --all --format json
socrekry show C-1 --format json
socrekry history C-1
socrekry history C-2.1 --format json
socrekry next C-4
socrekry report --term HT2025..HT2026 --format json
socrekry report --term HT2025
socrekry channels --term HT2025 --format json
socrekry retention --format json
socrekry forecast --format json
socrekry trend --format json
socrekry activities --all --format json
socrekry voices --format json
socrekry needs --format json
socrekry costs --format json
socrekry agreements --format json
socrekry staff --format json
socrekry undo
socrekry advance C-4 --with assessment --override nu --on 2026-11-20  # ! 1
socrekry add-candidate "Ny Efteråt" --term HT2026  # ! 2
socrekry add-unit Ny
socrekry check
"""


def of_version(version: str, story: Path, folder: Path) -> tuple[str, str]:
    """Return a store in a file and one on PostgreSQL as an earlier version would have kept a story."""
    tables: Sequence[str] = FIRST
    if version > "0001":
        new = {table for later, its in LATER.items() if later > version for table in its}
        every = [table.name for table in SQLModel.metadata.sorted_tables]
        tables = [name for name in every if name not in new and not name.endswith("_tally")]
    scripts, path, database = scripts_until(version, folder), folder / "old.db", new_database()
    create(str(path), scripts)
    engine = sqlalchemy_engine(database)
    upgrade(engine, scripts)
    engine.dispose()
    for store in (OnSQLite(path), OnPostgreSQL(uri_of(database))):
        with closing(store):
            filled(store, story, tables)
    return str(path), uri_of(database)


@pytest.fixture(params=VERSIONS)
def old(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Desk, Desk]:
    """Give two desks at stores of an earlier version."""
    story = a_story(tmp_path)
    if request.param > "0001":
        desk, _ = two_desks(tmp_path / "first", (str(story), ""), monkeypatch)
        for line in read_lines(OUTREACH):
            assert desk.types(line).code == 0, line
    return two_desks(tmp_path, of_version(request.param, story, tmp_path), monkeypatch)


def test_an_older_store_is_brought_along_and_answers_alike(old: tuple[Desk, Desk]) -> None:
    type_at_both(old, read_lines(MIGRATION))
    type_at_both(old, read_lines(ANSWERS))
