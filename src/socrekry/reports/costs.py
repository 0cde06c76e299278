"""Costs by period and unit, and what the agency staff among them would have paid instead.

A cost that nobody recorded is unknown, and never 0: no share is made of it. All that is recorded can be added
up, for `services.costs` keeps the same money from standing twice.
"""

from collections.abc import Iterable
from typing import NamedTuple

from socrekry.domain.agency import Comparison, comparison
from socrekry.domain.assumptions import Assumed, assumed, premises
from socrekry.domain.costs import AGENCY, OWN_STAFF, Period
from socrekry.domain.errors import InvalidInput
from socrekry.domain.term import HT, VT, Term, TermRange
from socrekry.reports.asking import Scope
from socrekry.reports.shares import share
from socrekry.store.connect import Store


class StaffCost(NamedTuple):
    """What agency and own staff cost, in SEK; None where it is not recorded."""

    agency: int | None
    own_staff: int | None

    @property
    def share_agency(self) -> float | None:
        """The agency's share of both; None where one is unknown, and of nothing."""
        if self.agency is None or self.own_staff is None:
            return None
        return share(self.agency, self.agency + self.own_staff)


class PeriodCost(NamedTuple):
    """The costs of a year or a term, of one unit or of none in particular."""

    period: Period
    unit: str | None
    cost: StaffCost


class Costs(NamedTuple):
    """The costs of a range of terms, period by period and in all.

    ``comparison`` is of all agency staff, None where none is recorded; ``assumptions`` are what it rests on.
    The share in all is None unless each period and unit has both kinds: it would set some years' agency staff
    against other years' own.
    """

    periods: tuple[PeriodCost, ...]
    all: StaffCost
    share_agency: float | None
    comparison: Comparison | None
    assumptions: tuple[Assumed, ...]


def terms_of(first: Period | None, last: Period | None) -> TermRange:
    """Return the terms from one period to another; all before or after where one is left out.

    InvalidInput ``period-range-reversed``.
    """
    begins = first.terms.first if first else Term(1900, VT)
    ends = last.terms.last if last else Term(2999, HT)
    if ends < begins:
        raise InvalidInput("period-range-reversed", first=str(last), last=str(first))
    return TermRange(begins, ends)


def costs(store: Store, scope: Scope) -> Costs:
    """Return the costs of the periods that share a term with the scope's, of its unit if it names one."""
    first, last = (term.code for term in scope.terms)
    with store.snapshot():
        rows = store.rows("needs.costs", first=first, last=last, unit=scope.unit_id)
        values = assumed(dict(store.rows("needs.assumptions")))
    found: dict[tuple[Period, str | None], dict[str, int]] = {}
    for kind, year, term, unit, amount in rows:
        period = Period(*Term.from_code(term)) if term else Period(year)
        found.setdefault((period, unit), {})[kind] = amount
    periods = tuple(
        PeriodCost(period, unit, StaffCost(amounts.get(AGENCY), amounts.get(OWN_STAFF)))
        for (period, unit), amounts in found.items()
    )
    whole = StaffCost(
        _sum(each.cost.agency for each in periods), _sum(each.cost.own_staff for each in periods)
    )
    paired = all(None not in each.cost for each in periods)
    compared = comparison(whole.agency, premises(values)) if whole.agency is not None else None
    return Costs(periods, whole, whole.share_agency if paired else None, compared, values)


def _sum(amounts: Iterable[int | None]) -> int | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None
