"""An office of its own for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import Office, a_store, an_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with a_store(tmp_path) as store:
        yield an_office(store)
