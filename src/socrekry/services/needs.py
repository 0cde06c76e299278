"""Needs: how many positions a unit must fill in a term.

One number a unit and term. Recording it again replaces it, and 0 is a need too: somebody has looked, and
there is none.
"""

from typing import NamedTuple

from socrekry.domain.errors import InvalidInput
from socrekry.domain.term import Term
from socrekry.services.kept_figures import Kind, no_rule, replace
from socrekry.services.units import find_unit
from socrekry.services.writing import Writing

MOST_POSITIONS = 10_000


class RecordedNeed(NamedTuple):
    """A need as it is from now on, and the positions it was before; None if there was none."""

    unit: str
    term: Term
    positions: int
    before: int | None


def add_need(writing: Writing, unit: str, term: Term, positions: int) -> RecordedNeed:
    """Record how many positions a unit must fill in a term.

    InvalidInput ``positions-out-of-range``; NotFound ``unit-not-found``, Ambiguous ``unit-ambiguous``.
    """
    if not 0 <= positions <= MOST_POSITIONS:
        raise InvalidInput("positions-out-of-range", value=positions, most=MOST_POSITIONS)
    with writing.transaction():
        of = find_unit(writing.store, unit)
        before = replace(writing, NEED, f"{of.id}:{term}", positions)
    return RecordedNeed(of.name, term, positions, before)


def _which(key: str) -> dict[str, int]:
    unit, _, term = key.partition(":")
    return {"unit": int(unit), "term": Term.parse(term).code}


NEED = Kind(
    "need",
    "positions",
    "needs.need",
    "needs.add_need",
    "needs.keep_need",
    "needs.drop_need",
    _which,
    int,
    no_rule,
)
