"""What a shell asks when somebody presses Tab: the words that may stand here, each with what it means.

Rule: it answers or is silent. Nothing goes wrong aloud, no store is made or brought up to date for it, and it
waits for nobody; for whatever it prints stands in the middle of the line that a person is typing. Scripts
ask for it as ``socrekry __complete SHELL …``, which is no command and stands in no index.
"""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from socrekry.cli.completion_choice import Choice, beginning

_PATIENCE = {"SOCREKRY_BUSY_SECONDS": "0.5", "PGCONNECT_TIMEOUT": "2"}
FILES = ":files"  # the answer that sends a shell to the file system


def answer(words: Sequence[str]) -> int:
    """Print what a shell asks for, ``words`` being its name and what it knows of the line; return 0."""
    try:
        text = "\n".join(_lines(*words))
    except Exception:  # noqa: BLE001 – a shell would put any complaint into the line that is being typed
        return 0
    try:
        sys.stdout.buffer.write(text.encode() + b"\n" if text else b"")
        sys.stdout.flush()
    except (AttributeError, OSError, ValueError):  # nobody waits for it any more, or ever did
        pass
    return 0


def _lines(shell: str, *known: str) -> list[str]:
    """Return the lines to print; the first of ``FILES`` alone where a file is meant."""
    from socrekry.cli import completion_line

    read: Callable[..., completion_line.Line] = completion_line.READERS[shell]
    line = read(*known)
    with _hurry():
        found = choices(line.words, line.word)
    return [FILES] if found is None else line.written(found)


def choices(words: Sequence[str], word: str) -> list[Choice] | None:
    """Return what may stand in place of ``word`` after the ``words`` of a command line; None for a file."""
    from socrekry import locale
    from socrekry.cli import settings

    said = settings.begin()
    locale.use(said.language_so_far())
    from socrekry.cli.completion_place import names_of_commands, place_of

    commands = names_of_commands(words, word)
    if commands is not None:
        return beginning(commands, word)
    place = place_of(words, word)
    if place.options is not None:
        return beginning(place.options, word)
    from socrekry.cli.completion_values import values

    found = values(place)
    if found is None:
        return None
    fitting = beginning(found, place.word)
    return [Choice(place.prefix + each.word, each.meaning) for each in fitting]


@contextmanager
def _hurry() -> Iterator[None]:
    """Wait no longer than a person with a finger on a key does, for a store that is busy or far away."""
    before = {name: os.environ.get(name) for name in _PATIENCE}
    os.environ.update(_PATIENCE)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
