"""Figures as marks: a line of small columns for a row of values, and a bar for one.

Both stand on zero: a fall from 90 to 80 must not look like a fall to nothing. 0 is the lowest mark and
nothing else is, a gap is a sign of its own, and a bar for anything more than 0 is never empty. A screen whose
encoding lacks the signs gets plain ones.
"""

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

Value: TypeAlias = int | float | None


class Signs(NamedTuple):
    """What to draw with: ``levels`` from 0 to the highest, ``gap``, and ``parts`` of a cell to a whole."""

    levels: str
    gap: str
    parts: str


BLOCKS = Signs("▁▂▃▄▅▆▇█", "·", "▏▎▍▌▋▊▉█")
PLAIN = Signs("_.:-=+*#", " ", "#")


def signs_for(encoding: str) -> Signs:
    """Return the finest signs that an encoding has."""
    try:
        "".join(BLOCKS).encode(encoding)
    except UnicodeEncodeError:
        return PLAIN
    return BLOCKS


def sparkline(values: Sequence[Value], signs: Signs = BLOCKS) -> str:
    """Return a sign for each value, the highest for the greatest of them."""
    most = max((each for each in values if each is not None), default=0)
    return "".join(signs.gap if each is None else signs.levels[_level(each, most, signs)] for each in values)


def bar(value: Value, most: float, cells: int, signs: Signs = BLOCKS) -> str:
    """Return a bar that is ``cells`` long for ``most``; none for a gap, and for 0."""
    if not value or not most:
        return ""
    parts = max(1, round(value / most * cells * len(signs.parts)))
    whole, rest = divmod(parts, len(signs.parts))
    return signs.parts[-1] * whole + (signs.parts[rest - 1] if rest else "")


def _level(value: float, most: float, signs: Signs) -> int:
    highest = len(signs.levels) - 1
    return max(1, round(value / most * highest)) if value else 0
