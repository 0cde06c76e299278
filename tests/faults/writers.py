"""A writer: a process that gives one command after another, and tells each when socrekry has said it is done.

It is there to be killed. What it has told is acknowledged: the command had ended, and its answer was printed.
"""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from itertools import count
from typing import NamedTuple

from tests.faults.hands import ROOT, given

PLACED = ["--with", "university-confirmed", "--supervisor", "S-1", "--override"]
LONGEST = 0.25  # seconds that it lives after its first word: a few commands long


class Told(NamedTuple):
    """A command that was done: the words that no other has written, and where the log has it."""

    command: str
    text: str
    candidacy: str
    seq: int | None


def killed_while_writing(name: str, surroundings: Mapping[str, str], chance: random.Random) -> list[Told]:
    """Have a writer begin, kill it at some moment, and return what it had told by then."""
    command = [sys.executable, "-m", "tests.faults.writers", name]
    around = {**os.environ, **surroundings}
    with subprocess.Popen(command, env=around, stdout=subprocess.PIPE, text=True, cwd=ROOT) as writer:
        assert writer.stdout
        first = writer.stdout.readline()
        time.sleep(chance.uniform(0, LONGEST))
        writer.kill()
        lines = [first, *writer.stdout]
    return [Told(*json.loads(line)) for line in lines if line.endswith("\n")]


def write(name: str) -> None:
    """Add candidates and have each pass through much, until the end."""
    for n in count():
        text = f"{name} {n}"
        ref = _tell(f"{text} a", "add-candidate", f"{text} a", "--note", "ny", "--tag", "mässa")
        for each, words in zip("bcdefg", _life(ref), strict=True):
            _tell(f"{text} {each}", *words, f"{text} {each}")


def _life(ref: str) -> Iterator[list[str]]:
    """Give what happens to a candidate; the last word of each is the text that tells it from others."""
    yield ["advance", ref, "--reason"]
    yield ["advance", ref, "--with", "assessment", "--reason"]
    yield ["advance", ref, *PLACED]
    yield ["close", ref, "--outcome", "discontinued", "--reason"]
    yield ["undo", ref, "--actor"]
    yield ["close", ref, "--outcome", "withdrawn", "--reason"]


def _tell(text: str, *words: str) -> str:
    done = given([*words, "--format", "json"])
    assert done.code == 0, done
    said = done.said["candidacies"][0] if words[0] == "undo" else done.said
    sys.stdout.write(json.dumps([words[0], text, said["candidacy"], said.get("seq")]) + "\n")
    sys.stdout.flush()
    return str(said["candidacy"])


if __name__ == "__main__":
    write(sys.argv[1])
