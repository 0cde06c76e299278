"""An everyday command starts at once, because it loads nothing that it does not use.

Each runs in a fresh interpreter, as a user's would: into a pipe, and on a terminal of its own.
"""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest

from tests.stories import a_story, a_story_on_postgresql

LOADED = """
import sys
from socrekry.__main__ import main
code = main(sys.argv[1:])
sys.stdout.flush()
sys.stderr.write("\\n" + " ".join((str(code), *sys.modules)))
"""
# What declares, migrates, validates or draws; what another engine needs; what only a new machine is asked.
NEVER = {"alembic", "platformdirs", "psycopg", "pydantic", "sqlalchemy", "sqlmodel", "textual", "tomllib"}
NEVER |= {"_hashlib", "getpass", "hashlib", "importlib.metadata", "importlib.resources", "typer.rich_utils"}
NOT_IN_A_PIPE = NEVER | {"rich"}

EVERYDAY = {
    "today": ("today",),
    "next": ("next", "C-2.1"),
    "advance": ("advance", "C-4", "--with", "assessment", "--on", "2026-11-20"),
    "refused": ("advance", "C-3", "--on", "2026-11-20"),
    "close": ("close", "C-3", "--outcome", "withdrawn", "--reason", "flyttar"),
    "undo": ("undo",),
    "undo of one": ("undo", "C-1"),
    "note": ("note", "C-1", "Ring på måndag"),
    "record": ("record", "C-1", "placement-completed"),
    "assign": ("assign", "C-2.1", "--mentor", "S-1"),
    "reserve": ("reserve", "C-3", "--rank", "2"),
    "pause": ("pause", "C-2.1", "--until", "2027-01-01", "--reason", "leave"),
    "list": ("list",),
    "list in JSON": ("list", "--format", "json"),
    "list of ids": ("list", "--format", "ids"),
    "show": ("show", "C-1"),
    "history": ("history", "C-1"),
    "report": ("report", "--term", "HT2025"),
    "forecast": ("forecast",),
    "back-plan": ("forecast", "--need", "6", "--term", "HT2028"),
    "report in JSON": ("report", "--term", "HT2025", "--format", "json"),
    "cohorts": ("cohorts",),
    "staff": ("staff",),
    "not found": ("show", "C-99"),
    "usage error": ("advance", "--tro", "selected"),
    "no such command": ("advnace", "C-1"),
    "completion of a command": ("__complete", "zsh", "socrekry", "adv"),
    "completion of an id": ("__complete", "zsh", "socrekry", "advance", "C-"),
    "completion of a stage": ("__complete", "bash", "socrekry advance C-1 --to ", "9", " ="),
    "completion of options": ("__complete", "fish", "socrekry", "advance", "--"),
    "version": ("--version",),
    "help": ("--help",),
    "help of a command": ("advance", "--help"),
}


@pytest.fixture
def everything_told(tmp_path: Path) -> dict[str, str]:
    """Return an environment in which nothing has to be looked up."""
    told = {
        "SOCREKRY_DB": str(a_story(tmp_path)),
        "SOCREKRY_LANG": "en",
        "SOCREKRY_ACTOR": "Örjan",
        "SOCREKRY_CONFIG": str(tmp_path / "none.toml"),
    }
    return os.environ | told


def loaded_by(
    words: tuple[str, ...], environment: dict[str, str], stdout: int = subprocess.DEVNULL
) -> set[str]:
    """Return the modules that a command line loads; the command has answered, or said why not."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *words],
        env=environment,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        check=True,
        timeout=60,
    )
    code, *modules = done.stderr.rpartition("\n")[2].split()
    assert code in ("0", "1", "2", "4"), done.stderr[:2000]
    return set(modules)


@pytest.mark.parametrize("command", EVERYDAY)
def test_an_everyday_command_loads_nothing_heavy(command: str, everything_told: dict[str, str]) -> None:
    assert loaded_by(EVERYDAY[command], everything_told) & NOT_IN_A_PIPE == set()


@pytest.mark.parametrize("command", ["advance", "note", "next", "show"])
def test_nor_does_it_in_swedish(command: str, everything_told: dict[str, str]) -> None:
    assert loaded_by(EVERYDAY[command], everything_told | {"SOCREKRY_LANG": "sv"}) & NOT_IN_A_PIPE == set()


@pytest.mark.parametrize("command", ["advance", "list", "note", "next", "show", "today", "usage error"])
def test_on_a_terminal_it_may_draw_and_loads_nothing_else(
    command: str, everything_told: dict[str, str]
) -> None:
    ours, its = os.openpty()
    reader = Thread(target=read_to_the_end, args=(ours,))
    reader.start()
    try:
        found = loaded_by(EVERYDAY[command], everything_told, stdout=its)
    finally:
        os.close(its)
        reader.join()
    assert found & NEVER == set()


# What the driver loads along with itself: to say its version, to know a time zone.
DRIVER = {"psycopg", "importlib.metadata", "importlib.resources"}
STORELESS = ("usage error", "version", "help of a command")


@pytest.mark.parametrize(
    "command", ["today", "next", "advance", "note", "undo", "show", "list in JSON", "report", *STORELESS]
)
def test_on_postgresql_it_loads_the_driver_and_nothing_else(
    command: str, everything_told: dict[str, str]
) -> None:
    found = loaded_by(EVERYDAY[command], everything_told | {"SOCREKRY_DB": a_story_on_postgresql()})
    assert found & ((NOT_IN_A_PIPE - DRIVER) | {"sqlite3"}) == set()
    assert ("psycopg" in found) == (command not in STORELESS)


def read_to_the_end(terminal: int) -> None:
    """Read what a terminal shows, so that nobody who writes to it has to wait."""
    with suppress(OSError), open(terminal, "rb", buffering=0) as screen:  # closed at the other end
        while screen.read(4096):
            pass


def test_what_is_looked_for_can_be_found(everything_told: dict[str, str]) -> None:
    heavy = everything_told | {"SOCREKRY_DB": everything_told["SOCREKRY_DB"] + ".new"}
    assert {"alembic", "sqlalchemy"} <= loaded_by(("today",), heavy)
