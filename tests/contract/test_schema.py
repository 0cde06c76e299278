"""The schema that the migrations build is the one that is declared: every constraint, index and trigger."""

import re
from pathlib import Path
from typing import Any, get_args

import pytest
from sqlmodel import SQLModel

import socrekry.store.schema  # noqa: F401 – declares the tables
from socrekry.domain.candidacy import ASIDE, BACK, ENDED, LOST, ONWARD, OPEN, VOID, WON
from socrekry.domain.channels import CHANNELS
from socrekry.domain.costs import COST_KINDS
from socrekry.domain.guards import ROLES
from socrekry.domain.intents import OUTCOMES
from socrekry.store import kinds
from socrekry.store.connect import SCHEMA_VERSION
from socrekry.store.migrate import create, sqlite_engine
from tests.engines import OnPostgreSQL, OnSQLite, migrated_database, new_database, sqlalchemy_engine, uri_of

CLOSED_SETS = {
    "outcome": (kinds.Outcome, OUTCOMES),
    "channel": (kinds.Channel, CHANNELS),
    "role": (kinds.Role, ROLES),
    "state": (kinds.State, (VOID, OPEN, WON, LOST)),
    "cost": (kinds.CostKind, COST_KINDS),
    "left": (kinds.Left, (ONWARD, ASIDE, BACK, ENDED)),
}
OURS = "n.nspname = 'public' AND c.relname <> 'alembic_version'"
CATALOGUE = {
    "columns": """
        SELECT table_name, ordinal_position, column_name, data_type, collation_name, is_nullable,
               column_default
        FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'alembic_version'
        ORDER BY 1, 2""",
    "constraints": f"""
        SELECT c.relname, k.conname, pg_get_constraintdef(k.oid)
        FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE {OURS} ORDER BY 1, 2""",
    "indexes": """
        SELECT tablename, indexname, indexdef FROM pg_indexes
        WHERE schemaname = 'public' AND tablename <> 'alembic_version' ORDER BY 1, 2""",
    "triggers": f"""
        SELECT c.relname, t.tgname, pg_get_triggerdef(t.oid)
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE {OURS} AND NOT t.tgisinternal ORDER BY 1, 2""",
    "views": "SELECT viewname, definition FROM pg_views WHERE schemaname = 'public' ORDER BY 1",
    "functions": """
        SELECT p.proname, pg_get_functiondef(p.oid)
        FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'public' ORDER BY 1""",
}


def in_sqlite(path: Path) -> dict[str, list[str]]:
    """Return every part of a SQLite schema by name, its definition in pieces that have no order."""
    store = OnSQLite(path)
    parts, _ = store.run("SELECT name, sql FROM sqlite_master WHERE sql > '' AND name <> 'alembic_version'")
    columns, _ = store.run(
        "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' "
        "ORDER BY m.name, c.cid"
    )
    store.close()
    found = {name: sorted(pieces(re.sub(r'["\t]', "", sql))) for name, sql in parts}
    return found | {"columns": [f"{table}.{column}" for table, column in columns if table in found]}


def pieces(sql: str) -> list[str]:
    """Return what a definition says, piece by piece: by line, and by comma where a column was added later."""
    found, depth = [""], 0
    for sign in sql:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "\n" or (sign == "," and depth == 1):
            found.append("")
        else:
            found[-1] += sign
    return [" ".join(piece.split()) for piece in found if piece.strip()]


def in_postgresql(database: str) -> dict[str, Any]:
    """Return every part of a PostgreSQL schema."""
    store = OnPostgreSQL(uri_of(database))
    catalogue = {kind: store.run(question)[0] for kind, question in CATALOGUE.items()}
    store.close()
    return catalogue


def test_on_sqlite_the_declaration_and_the_migrations_agree(tmp_path: Path) -> None:
    declared, migrated = tmp_path / "declared.db", tmp_path / "migrated.db"
    engine = sqlite_engine(str(declared))
    SQLModel.metadata.create_all(engine)
    engine.dispose()
    create(str(migrated))
    assert in_sqlite(declared) == in_sqlite(migrated)


def test_on_postgresql_the_declaration_and_the_migrations_agree() -> None:
    database = new_database()
    engine = sqlalchemy_engine(database)
    SQLModel.metadata.create_all(engine)
    engine.dispose()
    assert in_postgresql(database) == in_postgresql(migrated_database())


def test_there_is_something_to_compare(tmp_path: Path) -> None:
    create(str(tmp_path / "store.db"))
    found = in_sqlite(tmp_path / "store.db")
    assert {"event", "event_no_update", "event_no_delete", "event_no_replace", "uq_cohort"} <= set(found)
    assert all(in_postgresql(migrated_database()).values())


def test_every_table_is_strict(tmp_path: Path) -> None:
    create(str(tmp_path / "store.db"))
    store = OnSQLite(tmp_path / "store.db")
    tables, _ = store.run(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict"
    )
    store.close()
    assert {name for (name,) in tables} <= {"alembic_version", "sqlite_schema", "sqlite_sequence"}


def test_the_version_that_commands_look_for_is_the_last_migration(tmp_path: Path) -> None:
    create(str(tmp_path / "store.db"))
    store = OnSQLite(tmp_path / "store.db")
    assert store.run("SELECT version_num FROM alembic_version")[0] == [(SCHEMA_VERSION,)]
    store.close()


@pytest.mark.parametrize("name", CLOSED_SETS)
def test_the_store_keeps_the_words_that_the_domain_speaks(name: str) -> None:
    kept, spoken = CLOSED_SETS[name]
    assert get_args(kept) == spoken
