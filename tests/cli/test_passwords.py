"""A password in SOCREKRY_DB is used and never shown, whatever is typed and however it ends."""

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

import pytest

from socrekry.cli.index import COMMANDS
from tests.builders import a_database
from tests.cli.conftest import Outcome, Run

SECRET = "Hemligt lösen/ord"
SHOWN = {SECRET, quote(SECRET), quote(SECRET, safe=""), "lösen", "Hemligt", quote("ö")}
NAMES = [each.name for each in COMMANDS if each.name != "demo"]  # which has a store of its own
SAID = [
    *([*name.split(), *form] for name in NAMES for form in ([], ["--format", "json"])),
    ["config", "db"],
    ["show", "Åsa"],
    ["add-unit", "Ekonomi"],
    ["add-unit", "Ekonomi"],
    ["check", "--heads", "heads.csv"],
    ["backup", "backup.db"],
    ["copy", "backup.db", "copy.db"],
    ["db", "roles", "--dry-run"],
    ["migrate", "--dry-run"],
]


def with_the_password(url: str) -> str:
    return url.replace("//postgres", f"//postgres:{quote(SECRET, safe='')}", 1)


def require_silence(done: Outcome, words: Sequence[str]) -> None:
    """See that nothing of the password is shown."""
    assert not any(part in done.out + done.err for part in SHOWN), (words, done)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every file that a command makes lie in a folder of its own, and every fault be told in full."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOCREKRY_DEBUG", "1")
    monkeypatch.setenv("SOCREKRY_BUSY_SECONDS", "0")


def test_of_a_store_that_answers(here: None, cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOCREKRY_DB", with_the_password(a_database()))
    codes = set()
    for words in SAID:
        done = cli(*words)
        require_silence(done, words)
        codes.add(done.code)
    assert {0, 1, 2, 4} <= codes


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://postgres@127.0.0.1:1/db",
        "postgresql://postgres@127.0.0.1:many/db",
        "postgresql://postgres@127.0.0.1:1/a db",
        "postgresql://postgres@127.0.0.1:1/db?colour=red",
        "postgresql:/postgres@127.0.0.1:1/db",
        "oracle://postgres@127.0.0.1:1/db",
    ],
)
def test_of_a_store_that_cannot_be_reached(
    here: None, cli: Run, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("SOCREKRY_DB", url.replace("postgres@", f"postgres:{quote(SECRET, safe='')}@"))
    for words in (
        ["list"],
        ["add-unit", "X"],
        ["check", "--format", "json"],
        ["migrate"],
        ["doctor"],
        ["config"],
    ):
        require_silence(cli(*words), words)
    assert cli("list").code in (2, 6)
