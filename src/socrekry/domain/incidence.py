"""How stays in one stage end: the Aalen–Johansen estimate of cumulative incidence with competing risks.

A stay ends in one of several ways – on to this stage or that, or out – and each takes away from the others.
A stay that is still open has not ended in *no* way: it is censored, and counts among those who could have
left for as long as it has lasted. At each time the share leaving for a cause is the number leaving divided
by the number still there, times the share that had stayed so long (Aalen and Johansen 1978, Scandinavian
Journal of Statistics 5). At one and the same time, those who leave come before those who are censored.

Without this, whoever is still waiting would count as somebody who never went on, or not at all; both make a
forecast wrong, and the more wrong the younger the history.
"""

from collections.abc import Mapping
from typing import NamedTuple

ENDED = ""  # the cause of a stay that led nowhere; no stage has an empty name

Counts = Mapping[tuple[int, str | None], float]


class Stays(NamedTuple):
    """Stays of one stage, counted; lists are indexed by time: 0, 1, 2 … to the longest.

    ``at_risk`` were still there when the time came; ``left`` left at that time, by cause; ``gone`` are those
    of every cause.
    """

    at_risk: list[float]
    left: dict[str, list[float]]
    gone: list[float]


class Imagined(NamedTuple):
    """Imaginary stays to set beside the real ones, where there are few of those.

    There are ``weight`` of them. In every unit of time the share ``hazard`` of those left ends, in ``shares``
    by cause (which sum to 1). They do not age: those that have lasted long end no sooner than the others.
    """

    weight: float
    hazard: float
    shares: dict[str, float]


class Incidence(NamedTuple):
    """How stays end that have outlasted the time ``after``; −1 for all of them, from their beginning.

    ``increments`` are the chances of ending at time ``after`` + 1, + 2 …, by cause; ``survival`` is the
    chance of lasting still longer than each.
    """

    after: int
    increments: dict[str, list[float]]
    survival: list[float]

    @property
    def still_there(self) -> float:
        """The chance of lasting longer than anything that was observed."""
        return self.survival[-1] if self.survival else 1.0


NOBODY = Imagined(0.0, 0.0, {})


def counted(counts: Counts) -> Stays:
    """Arrange numbers of stays, keyed by how long they lasted and why they ended (None: they are open)."""
    last = max((time for time, _ in counts), default=0)
    left: dict[str, list[float]] = {}
    gone, removed = [0.0] * (last + 1), [0.0] * (last + 1)
    for (time, cause), number in counts.items():
        removed[time] += number
        if cause is not None:
            gone[time] += number
            if cause not in left:
                left[cause] = [0.0] * (last + 1)
            left[cause][time] += number
    there = 0.0
    at_risk = []
    for number in reversed(removed):
        there += number
        at_risk.append(there)
    at_risk.reverse()
    return Stays(at_risk, left, gone)


def incidence(stays: Stays, after: int = -1, imagined: Imagined = NOBODY) -> Incidence:
    """Estimate how stays end that have outlasted ``after``, from those that have and the imagined ones.

    The imagined stays are all as old as ``after``: they are set beside whatever real ones there are of that
    age, so that a few stays that lasted very long do not decide alone.
    """
    first = after + 1
    shares_staying: list[float] = []  # survival before each time, divided by the number at risk
    beside: list[float] = []
    survival: list[float] = []
    staying, others = 1.0, imagined.weight
    for real, gone in zip(stays.at_risk[first:], stays.gone[first:], strict=True):
        at_risk = real + others
        ending = gone + others * imagined.hazard
        shares_staying.append(staying / at_risk if at_risk else 0.0)
        beside.append(others * imagined.hazard)
        staying *= max(0.0, 1 - ending / at_risk) if at_risk else 1.0
        survival.append(staying)
        others *= 1 - imagined.hazard
    increments = {
        cause: [share * number for share, number in zip(shares_staying, left[first:], strict=True)]
        for cause, left in stays.left.items()
    }
    for cause, part in imagined.shares.items():
        added = [share * number * part for share, number in zip(shares_staying, beside, strict=True)]
        known = increments.get(cause)
        increments[cause] = [a + b for a, b in zip(known, added, strict=True)] if known else added
    return Incidence(after, increments, survival)
