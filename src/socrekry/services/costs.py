"""Costs: what agency staff and own staff cost in a year or a term, for a unit or for no unit in particular.

One amount a kind, period and unit; recording it again replaces it. A year and one of its terms are not both
kept for the same kind and unit, unless one of them is 0: whoever adds them up would count the money twice.
"""

from typing import NamedTuple

from socrekry.domain.amounts import MOST_AMOUNT
from socrekry.domain.costs import Period
from socrekry.domain.errors import InvalidInput, Refused
from socrekry.domain.term import Term
from socrekry.services.kept_figures import Kind, replace
from socrekry.services.units import find_unit
from socrekry.services.writing import Writing
from socrekry.store.connect import Store


class RecordedCost(NamedTuple):
    """A cost as it is from now on, and the amount it was before; None if there was none."""

    kind: str
    period: Period
    unit: str | None
    amount: int
    before: int | None


def add_cost(
    writing: Writing, kind: str, period: Period, amount: int, unit: str | None = None
) -> RecordedCost:
    """Record what staff of a kind cost in a period, in SEK.

    InvalidInput ``amount-out-of-range``; Refused ``cost-period-overlaps`` for a year beside one of its terms;
    NotFound ``unit-not-found``, Ambiguous ``unit-ambiguous``.
    """
    if not 0 <= amount <= MOST_AMOUNT:
        raise InvalidInput("amount-out-of-range", value=amount, most=MOST_AMOUNT)
    with writing.transaction():
        of = find_unit(writing.store, unit) if unit is not None else None
        key = f"{kind}:{period}:{of.id if of else ''}"
        before = replace(writing, COST, key, amount)
    return RecordedCost(kind, period, of.name if of else None, amount, before)


def _which(key: str) -> dict[str, str | int]:
    kind, _, rest = key.partition(":")
    written, _, unit = rest.partition(":")
    period = Period.parse(written)
    term = period.term.code if period.term else 0
    return {"kind": kind, "year": 0 if term else period.year, "term": term, "unit": int(unit or 0)}


def _require_no_overlap(store: Store, key: str) -> None:
    kind, _, rest = key.partition(":")
    written, _, unit = rest.partition(":")
    period = Period.parse(written)
    rows = store.rows("needs.costs_of_year", kind=kind, unit=int(unit or 0), year=period.year)
    known = [Period(*Term.from_code(term)) if term else Period(year) for year, term in rows]
    others = [str(each) for each in known if period in known and each.overlaps(period)]
    if others:
        raise Refused("cost-period-overlaps", kind=kind, period=str(period), others=others)


COST = Kind(
    "cost",
    "amount",
    "needs.cost",
    "needs.add_cost",
    "needs.keep_cost",
    "needs.drop_cost",
    _which,
    int,
    _require_no_overlap,
)
