"""A store of its own for each test, or the contract's cohort for all that only read it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reports.programme import Programme, a_programme, tell_of_the_contract


@pytest.fixture
def programme(tmp_path: Path) -> Iterator[Programme]:
    with a_programme(tmp_path / "store.db") as programme:
        yield programme


@pytest.fixture(scope="session")
def the_contract(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Programme]:
    with a_programme(tmp_path_factory.mktemp("contract") / "store.db") as programme:
        tell_of_the_contract(programme)
        yield programme
