"""Clients that go on giving commands whatever becomes of the server, and keep account of every answer.

A client is a process of its own and speaks through the command line, so what it has on its account as done
is what socrekry has said was done: exit code 0. It never gives a command a second time, so whatever stands
twice in the store was doubled by socrekry itself.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple, Self, TextIO

from socrekry.__main__ import main
from tests.servers import wait_for

ROOT = Path(__file__).parents[1]
PAUSE = 0.05  # seconds that a client waits when something was not done


class Answer(NamedTuple):
    """What came of a command: when it was given and answered (seconds), and what it was to write.

    ``text`` is written by no other command; ``candidacy`` and ``seq`` are where the log has the move;
    ``error`` is the code of what stood in the way, of which stderr ``said`` more.
    """

    given: float
    answered: float
    code: int
    command: str
    text: str
    candidacy: str | None
    seq: int | None
    error: str
    said: str


class Clients:
    """Some clients at work on one store."""

    def __init__(self, url: str, folder: Path, number: int) -> None:
        folder.mkdir()
        self.folder = folder
        environment = os.environ | {"SOCREKRY_DB": url, "SOCREKRY_CONFIG": str(folder / "config.toml")}
        command = [sys.executable, "-m", "tests.clients", str(folder)]
        names = [f"{folder.name}-{n}" for n in range(number)]
        self._processes = {
            name: subprocess.Popen([*command, name], env=environment, cwd=ROOT) for name in names
        }

    def answers(self) -> list[list[Answer]]:
        """Return the account of each client so far."""
        return [list(_read(self.folder / name)) for name in self._processes]

    def wait_until_each_has(self, done: int, *, since: float = 0) -> None:
        """Wait until each client has that many commands done that it gave after a moment."""

        def enough() -> bool:
            assert all(process.poll() is None for process in self._processes.values()), "a client has ended"
            given = [[each for each in account if each.given > since] for account in self.answers()]
            return all(sum(each.code == 0 for each in account) >= done for account in given)

        wait_for(enough, lambda: str(self.answers()))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        (self.folder / "stop").touch()
        for process in self._processes.values():
            process.wait(60)


def _read(account: Path) -> Iterator[Answer]:
    if account.exists():
        for line in account.read_text("utf-8").splitlines(keepends=True):
            if line.endswith("\n"):  # the last may be half written
                yield Answer(*json.loads(line))


def work(folder: Path, name: str) -> None:
    """Give commands until told to stop: each candidate is added, gets a fact, is moved on and gets a note."""
    with open(folder / name, "a", encoding="utf-8") as account:
        for n in count():
            texts = [f"{name} {n} {k}" for k in range(4)]
            added = _told(account, texts[0], "add-candidate", texts[0])
            if added.candidacy is not None:
                _told(account, texts[1], "record", added.candidacy, f"thesis={texts[1]}")
                _told(account, texts[2], "advance", added.candidacy, "--reason", texts[2])
                _told(account, texts[3], "note", added.candidacy, texts[3])
            if (folder / "stop").exists():
                return


def _told(account: TextIO, text: str, command: str, *words: str) -> Answer:
    """Give a command and put its answer on the account."""
    given, out, err = time.time(), StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main([command, *words, "--format", "json"])
    answered = time.time()
    told = _document(out.getvalue() or err.getvalue())
    error = told.get("error", {}).get("code", "")
    answer = Answer(
        given, answered, code, command, text, told.get("candidacy"), told.get("seq"), error, err.getvalue()
    )
    account.write(json.dumps(answer) + "\n")
    account.flush()
    if code:
        time.sleep(PAUSE)
    return answer


def _document(text: str) -> dict[str, Any]:
    """Return what an answer says of the one thing it is about, if it is JSON at all, as it should be."""
    try:
        document = json.loads(text)
    except ValueError:
        return {"error": {"code": "no-json"}}
    return dict(document[0] if isinstance(document, list) else document)


if __name__ == "__main__":
    work(Path(sys.argv[1]), sys.argv[2])
