"""A number that nobody got is given to the next, as in a file; one that somebody got is never given again."""

from collections.abc import Iterator
from contextlib import ExitStack, suppress

import psycopg
import pytest

from socrekry.store.connect import Store, open_store
from tests.engines import migrated_database, new_database, uri_of
from tests.shared import a_login, url_of


@pytest.fixture
def url() -> str:
    """A database with the schema of this version, and nothing in it."""
    return uri_of(new_database(migrated_database()))


@pytest.fixture
def two(url: str) -> Iterator[tuple[Store, Store]]:
    """Two who write to one store."""
    with ExitStack() as stack:
        yield (
            stack.enter_context(open_store(url, writing=True)),
            stack.enter_context(open_store(url, writing=True)),
        )


def number_of(store: Store, name: str) -> int:
    """Add an actor, and return the number that it gets."""
    return int(store.value("writing.add_actor", name=name))


@pytest.mark.parametrize("how", ["a rehearsal", "an error"])
def test_what_is_taken_back_gives_its_numbers_back(two: tuple[Store, Store], how: str) -> None:
    store, other = two
    with suppress(ZeroDivisionError), store.transaction(keep=how == "an error"):
        assert [number_of(store, name) for name in "ab"] == [1, 2]
        1 / 0  # noqa: B018
    with other.transaction():
        assert number_of(other, "c") == 1
    with suppress(ZeroDivisionError), store.transaction(keep=how == "an error"):
        assert number_of(store, "d") == 2
        1 / 0  # noqa: B018
    with store.transaction():
        assert number_of(store, "e") == 2


def test_a_part_that_is_taken_back_gives_its_numbers_back(two: tuple[Store, Store]) -> None:
    store, _ = two
    with store.transaction():
        for rounds in range(2):
            assert number_of(store, f"kept {rounds}") == rounds + 1
            with suppress(ZeroDivisionError), store.savepoint():
                assert number_of(store, "not kept") == rounds + 2
                1 / 0  # noqa: B018
    with store.transaction():
        assert number_of(store, "next") == 3


def test_a_number_that_was_kept_is_not_given_again_when_its_row_is_gone(two: tuple[Store, Store]) -> None:
    store, _ = two
    with store.transaction():
        number_of(store, "a")
        gone = number_of(store, "b")
    with store.transaction():
        store.engine_rows("DELETE FROM actor WHERE id = %s", gone)
    with store.transaction(keep=False):
        assert number_of(store, "c") == gone + 1
    with store.transaction():
        assert number_of(store, "d") == gone + 1


def test_beside_others_numbers_are_left_as_they_are(two: tuple[Store, Store]) -> None:
    one, other = two
    with one.transaction(keep=False, alone=False), other.transaction(alone=False):
        assert number_of(one, "a") == 1
        assert number_of(other, "b") == 2
    with one.transaction():
        assert number_of(one, "c") == 3


def test_who_may_not_put_them_back_leaves_a_gap(url: str) -> None:
    login = a_login()
    with psycopg.connect(url, autocommit=True) as connection:
        for granted in ("SELECT, INSERT ON ALL TABLES", "USAGE ON ALL SEQUENCES"):
            connection.execute(f"GRANT {granted} IN SCHEMA public TO {login}".encode())
    with open_store(url_of(url.partition("?")[0].rpartition("/")[2], login), writing=True) as store:
        with store.transaction(keep=False):
            number_of(store, "a")
        with store.transaction():
            with suppress(ZeroDivisionError), store.savepoint():
                number_of(store, "b")
                1 / 0  # noqa: B018
            assert number_of(store, "c") == 3
