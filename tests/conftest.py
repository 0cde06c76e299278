"""What every test may count on: English, no settings of the developer's own, catalogues as they stand."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import message_catalogue
from socrekry import locale
from tests import rounds

FOLDER = Path(__file__).parent.parent / "src" / "socrekry" / "locale"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take ``--full``."""
    parser.addoption("--full", action="store_true", help="go as many rounds as a release must stand")


def pytest_configure(config: pytest.Config) -> None:
    """Compile the translations first: an editable install keeps those of the day it was made."""
    rounds.in_full = config.getoption("--full")
    message_catalogue.compile_all(FOLDER)


def pytest_sessionfinish() -> None:
    """Stop what a test has started: a process that is told to go at once leaves its data behind."""
    for room in ("tests.engines", "tests.servers"):
        if room in sys.modules:
            sys.modules[room].let_go()


@pytest.fixture(autouse=True)
def _a_reader_of_english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    told = [name for name in os.environ if name.startswith("SOCREKRY_")]
    for name in (*told, "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    locale.use("en")
    yield
    locale.use("en")
