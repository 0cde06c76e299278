"""Every statement has a name of its own, and is read when it is asked for."""

import pytest

from socrekry.store.statements import read_statements, rooms, statement


def test_every_file_of_statements_has_some() -> None:
    assert {"candidacy", "log", "store"} <= set(rooms())
    assert all(read_statements(room) for room in rooms())


def test_a_name_is_given_once_in_a_file() -> None:
    from socrekry.store import statements

    for room in rooms():
        with open(f"{statements._FOLDER}/{room}.sql", encoding="utf-8") as file:
            assert file.read().count("-- name: ") == len(read_statements(room))


def test_a_statement_is_found_by_its_file_and_name() -> None:
    assert statement("store.schema_version") == "SELECT version_num FROM alembic_version"


def test_a_statement_is_bare() -> None:
    texts = [text for room in rooms() for text in read_statements(room).values()]
    assert not [text for text in texts if not text or text.endswith(";") or "--" in text]


@pytest.mark.parametrize("name", ["store.nothing", "log.schema_version"])
def test_a_statement_that_is_not_there_is_a_fault_of_ours(name: str) -> None:
    with pytest.raises(KeyError):
        statement(name)
