"""Whether somebody who started is still there at a mark: 6, 12 and 24 months after the day she started.

What is known are statements, each of a day: that she was still employed, or that she had left. At a mark
she counts as gone if the last statement up to it says that she had left; as still there if one of that very
day says so, or if the next one after it does either – who is there later, or leaves later, was there. Else
nobody knows, and what nobody knows is never counted as staying. Who left and came back was gone at every
mark between the two days; of what came after the last of them, nothing is known.
"""

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import NamedTuple

from socrekry.domain.months import months_before

MARKS = (6, 12, 24)
"""Months after the day on which somebody started; that same day of the month counts as reached."""
STILL, LEFT, UNKNOWN = "still-employed", "left", "unknown"


class Statement(NamedTuple):
    """That somebody was ``STILL`` there on a day, or had ``LEFT`` by it; sorts as it was said."""

    on: date
    seq: int
    what: str


def statements(
    left_on: str | None, left_seq: int, still_on: str | None, still_seq: int
) -> tuple[Statement, ...]:
    """Return what two facts say, as a store keeps them: that she left, that she was still employed."""
    told = ((LEFT, left_on, left_seq), (STILL, still_on, still_seq))
    return tuple(Statement(date.fromisoformat(on), seq, what) for what, on, seq in told if on is not None)


@cache
def mark_day(started: date, months: int) -> date:
    """Return the day of a mark: the same day of a later month, or that month's last."""
    return months_before(started, -months)


def at_mark(started: date, mark: date, said: Iterable[Statement]) -> str:
    """Return how it stood at a mark: ``STILL``, ``LEFT`` or ``UNKNOWN``.

    Nobody can leave what she has not begun: what was said of an earlier day is left out. Of several
    statements of one day the one recorded last counts.
    """
    told = sorted(each for each in said if each.on >= started)
    before = next((each for each in reversed(told) if each.on <= mark), None)
    if before is not None and before.what == LEFT:
        return LEFT
    known = any(each.on > mark for each in told) or (before is not None and before.on == mark)
    return STILL if known else UNKNOWN


def has_left(started: date, said: Iterable[Statement]) -> Statement | None:
    """Return the statement that she left, if no other is of a later day."""
    last = max((each for each in said if each.on >= started), default=None)
    return last if last is not None and last.what == LEFT else None
