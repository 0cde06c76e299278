"""Show how far a long piece of work has come: on stderr, on a terminal, and only if it takes a while."""

import sys
from collections.abc import Callable, Iterable, Iterator
from time import monotonic
from typing import TypeVar

from socrekry.render.text import clean

T = TypeVar("T")
PATIENCE = 1.0  # seconds before anything is said
_STEP = 100


def counted(things: Iterable[T], told: Callable[[int], str]) -> Iterator[T]:
    """Yield the things; ``told`` makes of their number what is shown while they are worked on."""
    if not sys.stderr.isatty():
        yield from things
        return
    next_at, shown = monotonic() + PATIENCE, False
    try:
        for number, thing in enumerate(things, 1):
            yield thing
            if number % _STEP == 0 and monotonic() >= next_at:
                sys.stderr.write(f"\r{clean(told(number))}")
                sys.stderr.flush()
                next_at, shown = monotonic() + PATIENCE / 5, True
    finally:
        if shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
