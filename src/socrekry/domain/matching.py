"""From what a user typed to the rows it may mean: the whole name, or else a part of it.

Case, accents and doubled spaces do not matter. A whole name wins over names that only contain it:
otherwise a unit called "Barn" could never be named beside one called "Barn och unga".
"""

from collections.abc import Callable, Iterable
from typing import TypeVar

from socrekry.domain.names import search_key

T = TypeVar("T")


def matching(rows: Iterable[T], text: str, key: Callable[[T], str]) -> list[T]:
    """Return the rows whose search key is the text's; where there is none, those whose key contains it."""
    sought, every = search_key(text), list(rows)
    whole = [row for row in every if key(row) == sought]
    return whole or [row for row in every if sought and sought in key(row)]
