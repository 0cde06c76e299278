"""How far a long piece of work has come, told to a person who waits: not at once, and not all the time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from socrekry.cli.exits import progress

PATIENCE = 1.0  # seconds before anything is said
PACE = 0.2


@contextmanager
def from_a_second_on() -> Iterator[Callable[[Callable[[], str]], None]]:
    """Give what shows how far it has come, as soon as it has taken a second; at the end that is taken away.

    It is told a function, which makes the text only where one is due.
    """
    due, shown = monotonic() + PATIENCE, False

    def tell(text: Callable[[], str]) -> None:
        nonlocal due, shown
        now = monotonic()
        if now >= due:
            due, shown = now + PACE, True
            progress(text())

    try:
        yield tell
    finally:
        if shown:
            progress("")
