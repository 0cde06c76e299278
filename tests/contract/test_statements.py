"""Every named statement runs on both engines, on the same rows, and answers the same."""

import re
from collections import Counter
from pathlib import Path

import pytest

import socrekry
from socrekry.store.postgresql.connection import for_psycopg
from socrekry.store.statements import read_statements, rooms
from tests.contract.statement_values import VALUES, Values
from tests.engines import Connected, OnPostgreSQL, OnSQLite, Row

STATEMENTS = {name: text for room in rooms() for name, text in read_statements(room).items()}
WRITES = {
    name: table
    for name, text in STATEMENTS.items()
    for table in re.findall(r"^(?:INSERT INTO|UPDATE|DELETE FROM) (\w+)", text)
}
READS = [name for name in STATEMENTS if name not in WRITES]
ORDERED = re.compile(r"^ORDER BY", re.MULTILINE)
OF_ONE_ENGINE = re.compile(r"->>|::|\bILIKE\b|\bIFNULL\b|\bGLOB\b|\bPRAGMA\b|\bAS DATE\b", re.IGNORECASE)


def test_every_statement_is_asked_for_somewhere() -> None:
    source = Path(socrekry.__file__).parent
    written = "".join(path.read_text(encoding="utf-8") for path in source.rglob("*.py"))
    assert [name for name in STATEMENTS if f'"{name}"' not in written] == []


def test_a_list_is_counted_by_the_filters_that_it_shows() -> None:
    shown, _, _ = STATEMENTS["listing.rows"].partition("ORDER BY")
    assert shown.partition("FROM")[2].split() == STATEMENTS["listing.count"].partition("FROM")[2].split()


def test_every_statement_has_values_and_no_other_has() -> None:
    assert set(VALUES) == set(STATEMENTS)


@pytest.mark.parametrize("name", STATEMENTS)
def test_a_statement_is_given_all_that_it_names(name: str) -> None:
    named = set(re.findall(r"(?<!:):([a-z_]+)", STATEMENTS[name]))
    assert all(set(values) == named for values in VALUES[name])


@pytest.mark.parametrize("name", STATEMENTS)
def test_a_statement_uses_what_both_engines_know(name: str) -> None:
    assert not OF_ONE_ENGINE.search(STATEMENTS[name])


@pytest.mark.parametrize("name", READS)
def test_what_a_statement_reads_is_the_same(name: str, both: tuple[OnSQLite, OnPostgreSQL]) -> None:
    for values in VALUES[name]:
        sqlite, postgresql = (store.run(STATEMENTS[name], values)[0] for store in both)
        if ORDERED.search(STATEMENTS[name]):
            assert sqlite == postgresql, values
        assert Counter(sqlite) == Counter(postgresql), values


@pytest.mark.parametrize("name", READS)
def test_the_rows_show_what_a_statement_reads(name: str, both: tuple[OnSQLite, OnPostgreSQL]) -> None:
    assert any(both[0].run(STATEMENTS[name], values)[0] for values in VALUES[name])


@pytest.mark.parametrize("name", WRITES)
def test_what_a_statement_writes_is_the_same(name: str, both: tuple[OnSQLite, OnPostgreSQL]) -> None:
    for values in VALUES[name]:
        sqlite, postgresql = (written(store, name, values) for store in both)
        assert sqlite == postgresql, values


@pytest.mark.parametrize("name", WRITES)
def test_the_rows_show_what_a_statement_writes(name: str, both: tuple[OnSQLite, OnPostgreSQL]) -> None:
    exempt = {"programme.drop_cohort", "programme.drop_pipeline"}  # the story's are all referred to
    assert name in exempt or any(written(both[0], name, values)[1] for values in VALUES[name])


def written(store: Connected, name: str, values: Values) -> tuple[list[Row], int, list[Row]]:
    """Return what a statement gives and how many rows it touches, and its table afterwards; keep nothing."""
    keys = {"university": "code", "tag": "person_id, tag", "staff_role": "staff_id, role"}
    keys |= {"staff_capacity": "staff_id, term", "edit": "command_id, number", "event": "candidacy_id, seq"}
    keys |= {"assumption": "name", "theme": "code", "merged": "person_id", "former_id": "candidacy_id"}
    keys |= {"told_apart": "person_id, other_id"}
    keys |= {"stay": "candidacy_id, number", "fact": "candidacy_id, seq", "assignment": "candidacy_id, seq"}
    table = WRITES[name]
    if table.endswith("_tally"):
        keys[table] = columns_of(table).removesuffix(', "n"')
    with store.rolled_back():
        given, touched = store.run(STATEMENTS[name], values)
        after, _ = store.run(f"SELECT {columns_of(table)} FROM {table} ORDER BY {keys.get(table, 'id')}")
    if not given:
        return [], touched, after
    (new,) = given[0]  # a number that was rolled back is given again on one engine, and not on the other
    place = columns_of(table).split(", ").index(f'"{keys.get(table, "id")}"')
    return (
        [],
        len(given),
        [tuple("new" if n == place and v == new else v for n, v in enumerate(row)) for row in after],
    )


def columns_of(table: str) -> str:
    """Return a table's columns as they are declared."""
    from sqlmodel import SQLModel

    return ", ".join(f'"{column.name}"' for column in SQLModel.metadata.tables[table].columns)


def test_the_placeholders_of_a_statement_become_psycopgs() -> None:
    text = "SELECT a::text, ':no' FROM t WHERE b LIKE :pattern || ':%' AND c = :c_d"
    assert (
        for_psycopg(text) == b"SELECT a::text, ':no' FROM t WHERE b LIKE %(pattern)s || ':%%' AND c = %(c_d)s"
    )
