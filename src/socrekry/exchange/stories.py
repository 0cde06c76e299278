"""The founding stories: where they are, and what a story file says.

A story file holds command lines as a person types them: one a line, a backslash at its end where it goes on,
comments after ``#``. ``# ! 1`` at the end of a line says that it is refused, with that exit code; every
other line succeeds. The stories travel inside the wheel; in a checkout they are its examples. Were they
kept elsewhere, the demo would need a network or a repository.
"""

import os
import re
import shlex
from collections.abc import Iterator
from shutil import copytree, ignore_patterns
from typing import NamedTuple

import socrekry
from socrekry.domain.errors import InvalidInput, NotFound

PROGRAM = "socrekry"
STORIES = ("huddinge", "harjedalen")
_EXPECTED = re.compile(r"#\s*!\s*(\d+)\s*$")


class Line(NamedTuple):
    """A command line: the number of the line that it begins on, its words, and how it ends."""

    number: int
    words: tuple[str, ...]
    expected: int = 0


class Chapter(NamedTuple):
    """A story file: the folder in which its commands are typed, its name, and its command lines."""

    folder: str
    name: str
    lines: tuple[Line, ...]


def stories_folder() -> str:
    """Return the folder of the stories. NotFound ``stories-missing`` where it did not come along."""
    package = os.path.dirname(os.path.abspath(socrekry.__file__))
    checkout = os.path.join(os.path.dirname(os.path.dirname(package)), "examples")
    for folder in (os.path.join(package, "stories"), checkout):
        if os.path.isdir(folder):
            return folder
    raise NotFound("stories-missing", folder=package)


def copy_stories(folder: str) -> None:
    """Copy what a reader of the stories may want to open into a folder, over what is there."""
    copytree(stories_folder(), folder, ignore=ignore_patterns("*.py", "__pycache__"), dirs_exist_ok=True)


def chapters(folder: str) -> Iterator[Chapter]:
    """Yield every story file below a folder: story by story, in each in the order of their names."""
    for story in STORIES:
        inside = os.path.join(folder, story)
        for name in sorted(os.listdir(inside)):
            if name.endswith(".txt"):
                with open(os.path.join(inside, name), encoding="utf-8") as file:
                    yield Chapter(inside, f"{story}/{name}", read_lines(file.read()))


def read_lines(text: str) -> tuple[Line, ...]:
    """Return the command lines of a story file.

    InvalidInput ``story-unreadable`` for a line that is no command of ours, or whose quotation marks do
    not match.
    """
    found = []
    for number, line in _joined(text):
        marked = _EXPECTED.search(line)
        try:
            words = shlex.split(line, comments=True)
        except ValueError:
            raise InvalidInput("story-unreadable", line=number, text=line) from None
        if words[:1] not in ([], [PROGRAM]):
            raise InvalidInput("story-unreadable", line=number, text=line)
        if words:
            found.append(Line(number, tuple(words[1:]), int(marked[1]) if marked else 0))
    return tuple(found)


def _joined(text: str) -> Iterator[tuple[int, str]]:
    """Yield each line with the number it begins on; one that ends in a backslash goes on in the next."""
    begun, so_far = 0, ""
    for number, line in enumerate(text.splitlines(), 1):
        begun = begun or number
        so_far += line.removesuffix("\\")
        if not line.endswith("\\"):
            yield begun, so_far
            begun, so_far = 0, ""
    if so_far:
        yield begun, so_far
