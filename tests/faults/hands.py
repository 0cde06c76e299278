"""Hands: processes that give command lines when they are told to, all at the same moment.

A hand is a process of its own, with a connection of its own for every command, as each of many people at work
has one. It stays when a command is done, so that a fight of fifty begins at once and not when fifty
interpreters have started.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple, Self

from socrekry.__main__ import main

ROOT = Path(__file__).parents[2]
MOMENT = 0.05  # seconds from the order to the moment at which all begin


class Done(NamedTuple):
    """What came of a command line."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> Any:
        """What it answered in JSON; of a command about candidates, what it said of the only one."""
        said = json.loads(self.out or self.err)
        return said[0] if isinstance(said, list) and len(said) == 1 else said

    @property
    def why(self) -> str:
        """Say ``done``, which guards refused it, or the code of the error."""
        if self.code == 0:
            return "done"
        said = self.said
        refused = " ".join(each["guard"] for each in said.get("refused", ()) if not each["met"])
        return refused or str(said.get("error", {"code": "bad-rows"})["code"])


class Hand:
    """One such process."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.faults.hands"]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=ROOT)

    def told(self, words: Sequence[str], at: float, surroundings: Mapping[str, str]) -> None:
        """Have it give a command line at a moment (seconds since 1970); `answer` tells what came of it."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps([list(words), at, dict(surroundings)]) + "\n")
        self._process.stdin.flush()

    def answer(self) -> Done:
        """Return what came of the command line, when it has come."""
        assert self._process.stdout
        return Done(*json.loads(self._process.stdout.readline()))

    def rest(self) -> None:
        """Let it go."""
        self._process.communicate()


class Hands:
    """As many hands as are wanted, started together."""

    def __init__(self, number: int) -> None:
        self._hands = [Hand() for _ in range(number)]

    def __len__(self) -> int:
        return len(self._hands)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for hand in self._hands:
            hand.rest()

    def begin(
        self, commands: Sequence[Sequence[str]], surroundings: Sequence[Mapping[str, str]]
    ) -> list[Hand]:
        """Have each command line given by a hand of its own, all at once; return those hands."""
        busy = self._hands[: len(commands)]
        assert len(busy) == len(commands), "there are not so many hands"
        at = time.time() + MOMENT
        for hand, words, around in zip(busy, commands, surroundings, strict=True):
            hand.told(words, at, around)
        return busy


def given(words: Sequence[str]) -> Done:
    """Give a command line in this process."""
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main(words)
    return Done(code, out.getvalue(), err.getvalue())


def serve() -> None:
    """Give the command lines that stdin tells, and answer on stdout."""
    orders, sys.stdin = sys.stdin, StringIO()  # which a command must find unread
    for line in orders:
        words, at, surroundings = json.loads(line)
        os.environ.update(surroundings)
        time.sleep(max(0.0, at - time.time()))
        sys.stdout.write(json.dumps(given(words)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()
