"""How a figure is said: money in round sums, decimals with the reader's sign, a range, what it was before.

The decimal sign is a comma in Swedish and a point in English; nothing else about a number differs.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

from socrekry.locale import _, language
from socrekry.render.text import count

_MILLION = 1_000_000
T = TypeVar("T")


def decimal(text: str) -> str:
    """Return a number, given with a point as ``1234.5``, with its thousands apart and the reader's sign."""
    whole, point, decimals = text.partition(".")
    sign = "," if language() == "sv" else "."
    return count(int(whole)) + (sign + decimals if point else "")


def tenths(value: Decimal) -> str:
    """Return a number with one decimal."""
    return decimal(f"{value:.1f}")


def between(low: str, high: str) -> str:
    """Return a range, or the one number that it is."""
    return low if low == high else f"{low}–{high}"


def money(low: int, high: int) -> str:
    """Return an amount between two, in millions with a decimal, or in kronor where it is below one."""
    if high < _MILLION:
        return f"{between(count(low), count(high))} kr"
    return f"{between(*(tenths(Decimal(amount) / _MILLION) for amount in (low, high)))} Mkr"


def replaced(before: T | None, now: T, shown: Callable[[T], str]) -> str:
    """Return what to add to an answer where a figure was recorded before; nothing where none was."""
    if before is None:
        return ""
    return " " + (_("That is what it was.") if before == now else _("It was {n}.").format(n=shown(before)))
