"""Somebody who types lines at a store, wherever it is; what comes of them, without the place and the moment.

``# ! 4`` at the end of a line says with which code it ends; ``| socrekry …`` gives its answer to another
line, ``< FILE`` gives it a file.
"""

import gc
import re
import shutil
import sys
from collections.abc import Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import NamedTuple

import pytest

from socrekry.__main__ import main
from socrekry.exchange.stories import Line, read_lines
from socrekry.store.location import place_of

LINES = Path(__file__).parent / "command_lines"
EXAMPLES = Path(__file__).parents[2] / "examples"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


class Answer(NamedTuple):
    """What came of a line; where the store is, and when something was recorded, left out."""

    code: int
    out: str
    err: str


class Desk:
    """A folder with files in it, where somebody types lines at one store."""

    def __init__(self, folder: Path, place: str, patch: pytest.MonkeyPatch) -> None:
        self.folder, self.place, self.patch = folder, place, patch
        shutil.copytree(LINES, folder)
        shutil.copy(EXAMPLES / "sodertalje" / "pipeline.toml", folder)
        shutil.copy(EXAMPLES / "harjedalen" / "platsbanken.json", folder)
        (folder / "nul.txt").write_bytes(b"name\nen\0\n")
        (folder / "long.txt").write_text("å" * 10_001, encoding="utf-8")

    def types(self, line: Line, where: str = "") -> Answer:
        """Run a line, the parts of it one after the other."""
        given, words = b"", [*line.words]
        self.patch.setenv("SOCREKRY_DB", self.place)
        self.patch.setenv("SOCREKRY_CONFIG", str(self.folder / "config.toml"))
        with chdir(where or self.folder):
            while "|" in words:
                end = words.index("|")
                given = self._run(words[:end], given).out.encode()
                words = words[end + 2 :]
            if "<" in words:
                given = Path(words.pop()).read_bytes()
                words.pop()
            return self._run(words, given)

    def _run(self, words: Sequence[str], given: bytes) -> Answer:
        self.patch.setattr(sys, "stdin", TextIOWrapper(BytesIO(given)))
        with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
            code = main(words)
        gc.enable()  # a command has switched it off
        return Answer(code, self._anywhere(out.getvalue()), self._anywhere(err.getvalue()))

    def _anywhere(self, said: str) -> str:
        for place in (self.place, place_of(self.place), str(self.folder)):
            said = said.replace(place, "…")
        return MOMENT.sub("…", said)


def two_desks(folder: Path, places: tuple[str, str], patch: pytest.MonkeyPatch) -> tuple[Desk, Desk]:
    """Return two desks at two stores, on the day of the stories."""
    patch.setenv("SOCREKRY_TODAY", "2026-11-20")
    patch.setenv("SOCREKRY_ACTOR", "Örjan")
    first, second = (Desk(folder / f"desk-{n}", place, patch) for n, place in enumerate(places))
    return first, second


def type_at_both(desks: tuple[Desk, Desk], lines: Sequence[Line], where: str = "") -> None:
    """Type lines at both desks; see each end as it should, and answered alike."""
    for line in lines:
        sqlite, postgresql = (desk.types(line, where) for desk in desks)
        assert sqlite == postgresql, line
        assert sqlite.code == line.expected, (line, sqlite)


def lines_of(file: Path) -> tuple[Line, ...]:
    """Return the lines that are in a file."""
    return read_lines(file.read_text(encoding="utf-8"))
