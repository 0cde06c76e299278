"""Text is sorted and compared by byte, whatever order the database was made with.

A production database sorts as Swedish does, a test's as bytes, a file's as bytes: lists, keys and limits
must come out alike. Nothing may take its order from the database, so every column of text says *C*, and so
does whatever a statement sorts by.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.contract.statement_values import VALUES, Values
from tests.contract.test_statements import READS, STATEMENTS
from tests.engines import OnPostgreSQL, OnSQLite, migrated_database, new_database, order_of_a_language, uri_of

OURS = "c.relnamespace = 'public'::regnamespace AND c.relname !~ '^alembic_version'"
BY_SORTING = "SET enable_indexscan = off; SET enable_indexonlyscan = off; SET enable_bitmapscan = off"
# A text that stands in a statement has the database's order: alone, chosen by a CASE, or put after another.
MADE_OF_TEXT = re.compile(r"(THEN|ELSE|\|\||^\(*|COALESCE\() *'[^']*'::text", re.IGNORECASE)


@pytest.fixture
def empty() -> Iterator[OnPostgreSQL]:
    """Give a store with the schema alone, in a database that is copied for it."""
    store = OnPostgreSQL(uri_of(new_database(migrated_database())))
    yield store
    store.close()


def test_every_column_of_text_is_sorted_by_byte(empty: OnPostgreSQL) -> None:
    columns, _ = empty.run(
        "SELECT c.relname, a.attname, k.collname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
        f"JOIN pg_collation k ON k.oid = a.attcollation WHERE a.attnum > 0 AND {OURS}"
    )
    assert len(columns) > 50
    assert [each for each in columns if each[2] != "C"] == []


def test_every_key_and_index_is_sorted_by_byte(empty: OnPostgreSQL) -> None:
    keys, _ = empty.run(
        "SELECT c.relname, k.collname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
        "CROSS JOIN unnest(i.indcollation) AS o(oid) JOIN pg_collation k ON k.oid = o.oid "
        f"WHERE {OURS}"
    )
    assert len(keys) > 10
    assert {collation for _, collation in keys} == {"C"}


def of_the_databases_order(store: OnPostgreSQL, sql: str, values: Values | None = None) -> list[str]:
    """Return whatever a statement sorts by that is text and does not say in which order."""
    (((found,),), _) = store.run(f"EXPLAIN (VERBOSE, FORMAT JSON) {sql}", values)
    keys = sort_keys(found[0]["Plan"])
    return [key for key in keys if MADE_OF_TEXT.search(key) and 'COLLATE "C"' not in key]


def sort_keys(plan: dict[str, Any]) -> Iterator[str]:
    """Give whatever a plan sorts by."""
    yield from plan.get("Sort Key", ())
    for part in plan.get("Plans", ()):
        yield from sort_keys(part)


@pytest.mark.parametrize("name", READS)
def test_a_statement_sorts_by_no_text_of_the_databases_order(
    name: str, both: tuple[OnSQLite, OnPostgreSQL]
) -> None:
    both[1].run(BY_SORTING)
    for values in VALUES[name]:
        assert of_the_databases_order(both[1], STATEMENTS[name], values) == []


@pytest.mark.parametrize(
    ("key", "noticed"),
    [
        ("CASE WHEN void THEN 'ö' ELSE 'a' END", True),
        ("'å' || id", True),
        ("CASE WHEN void THEN 'ö' ELSE name END", False),
        ("name || 'å'", False),
    ],
)
def test_a_text_that_stands_in_a_statement_is_noticed(
    key: str, noticed: bool, both: tuple[OnSQLite, OnPostgreSQL]
) -> None:
    found = of_the_databases_order(both[1], f"SELECT id FROM person ORDER BY {key}")
    assert bool(found) == noticed


def test_a_tests_database_has_the_order_of_a_language_where_the_server_knows_one(empty: OnPostgreSQL) -> None:
    ((letters,),), _ = empty.run(
        "SELECT string_agg(x, '' ORDER BY x) FROM unnest(ARRAY['b', 'Z', 'a', 'B']) AS x"
    )
    assert (letters == "BZab") == (order_of_a_language() == "")
