"""The figures of channels as frozen values, and the account that they are made of.

An account counts credits in parts, of which a whole credit has so many that every share of one is a whole
number of them. Sums are exact, and nothing is rounded but what is shown. A ratio over nothing is None, and
so is a cost that nobody has recorded: neither is 0.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from socrekry.domain.term import Term, TermRange

LEAD, APPLIED, QUALIFIED, GRADUATING, HIRED = range(5)
CREDITS = 5


class Figures(NamedTuple):
    """What was counted, and what it cost in whole SEK.

    Credits are whole numbers, or have two decimals where contacts share them. ``cost`` is the sum of those
    that are known, ``cost_unknown`` how many activities have none. ``unnamed_applicants`` and
    ``unnamed_qualified`` are those of the leads who live in another system; None where nobody has counted
    them. What each cost is None where a part of the cost is unknown: too little would look like a bargain.
    """

    reached: int | None
    leads: float
    applied: float
    qualified: float
    graduating: float
    hired: float
    cost: int | None
    cost_unknown: int
    cost_per_lead: int | None
    cost_per_qualified: int | None
    cost_per_hire: int | None
    unnamed_applicants: int | None
    unnamed_qualified: int | None


class SourceFigures(NamedTuple):
    """An activity; or, with nothing but a kind, contacts of that kind that belong to none that is known.

    Without a kind as well it stands for the candidacies of which no contact is known.
    """

    activity: str | None
    kind: str | None
    title: str | None
    on: date | None
    term: Term | None
    university: str | None
    figures: Figures


class KindFigures(NamedTuple):
    """All that came through activities and words of one kind; None for no known contact."""

    kind: str | None
    figures: Figures


class Channels(NamedTuple):
    """What was asked for: sources by kind and day, kinds in the channels' order, and everything together."""

    terms: TermRange
    as_of: date
    pipeline: str | None
    unit: str | None
    shared: bool
    by_activity_term: bool
    sources: tuple[SourceFigures, ...]
    kinds: tuple[KindFigures, ...]
    totals: Figures


class Tally:
    """A running account of one activity, of a kind, or of everything."""

    def __init__(self) -> None:
        self.credits = [0] * CREDITS
        self.reached: int | None = None
        self.cost: int | None = None
        self.cost_unknown = 0
        self.unaccounted = 0  # credits of contacts that no known activity stands for, nor any cost
        self.applicants: int | None = None
        self.qualified: int | None = None

    def credit(self, counts: Iterable[int], parts: int = 1) -> None:
        """Count so many in each figure, with so many parts of a credit for each."""
        self.credits = [known + n * parts for known, n in zip(self.credits, counts, strict=True)]

    def add(self, other: "Tally") -> None:
        """Add another account."""
        self.credit(other.credits)
        self.reached = _sum(self.reached, other.reached)
        self.cost = _sum(self.cost, other.cost)
        self.cost_unknown += other.cost_unknown
        self.unaccounted += other.unaccounted
        self.applicants = _sum(self.applicants, other.applicants)
        self.qualified = _sum(self.qualified, other.qualified)

    @property
    def cost_is_whole(self) -> bool:
        """Whether all that is counted was brought by what the cost is of."""
        return self.cost is not None and not self.cost_unknown and not self.unaccounted

    def figures(self, whole: int, *, shared: bool) -> Figures:
        """Return the account, where a whole credit has so many parts."""

        def credit(figure: int) -> float:
            return round(self.credits[figure] / whole, 2) if shared else self.credits[figure] // whole

        return Figures(
            reached=self.reached,
            leads=credit(LEAD),
            applied=credit(APPLIED),
            qualified=credit(QUALIFIED),
            graduating=credit(GRADUATING),
            hired=credit(HIRED),
            cost=self.cost,
            cost_unknown=self.cost_unknown,
            cost_per_lead=self._cost_per(self.credits[LEAD], whole),
            cost_per_qualified=self._cost_per(self.credits[QUALIFIED], whole),
            cost_per_hire=self._cost_per(self.credits[HIRED], whole),
            unnamed_applicants=self.applicants,
            unnamed_qualified=self.qualified,
        )

    def _cost_per(self, parts: int, whole: int) -> int | None:
        if self.cost is None or not self.cost_is_whole or parts == 0:
            return None
        return (2 * self.cost * whole + parts) // (2 * parts)  # a half upwards


def _sum(one: int | None, other: int | None) -> int | None:
    if one is None or other is None:
        return one if other is None else other
    return one + other
