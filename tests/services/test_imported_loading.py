"""Rows are put into the store beside whoever makes the next; nobody asks or ends before they are there."""

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from socrekry.domain.errors import StoreUnavailable
from socrekry.services.imported_loading import Loading
from socrekry.store.connect import Store
from tests.services.programme import a_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Give a furnished store."""
    with a_store(tmp_path) as made:
        yield made


def test_batches_are_put_in_their_order(store: Store) -> None:
    put: list[int] = []
    with Loading(store) as loading:
        for number in range(4):
            loading.hand_over(lambda number=number: put.append(number))  # type: ignore[misc]
        loading.finish()
    assert put == [0, 1, 2, 3]


def test_two_go_on_at_a_time(store: Store) -> None:
    with Loading(store) as loading:
        made, told = threading.Event(), threading.Event()
        loading.hand_over(lambda: told.set() if made.wait(10) else None)
        loading.begin()
        made.set()
        loading.settle()
    assert told.is_set()


def test_what_goes_wrong_is_told_to_whoever_waits(store: Store) -> None:
    def full() -> None:
        raise StoreUnavailable("store-full")

    loading = Loading(store)
    loading.hand_over(full)
    with loading, pytest.raises(StoreUnavailable):
        loading.finish()


def test_an_interruption_waits_for_what_is_under_way(store: Store) -> None:
    going, done = threading.Event(), threading.Event()
    loading, before = Loading(store), sys.getswitchinterval()
    loading.hand_over(lambda: done.set() if going.wait(10) else None)
    threading.Timer(0.05, going.set).start()
    with pytest.raises(KeyboardInterrupt), loading:
        _interrupted(loading)
    assert (done.is_set(), sys.getswitchinterval()) == (True, before)


def _interrupted(loading: Loading) -> None:
    loading.begin()
    raise KeyboardInterrupt
