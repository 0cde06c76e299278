"""Who is on the way on a day, of the unit and pipeline asked about, and what is needed, signed and begun.

Whose a candidacy is, and in which term its work begins, is decided as where needs are listed
(`reports.needs`), for the two are read side by side. History is the whole pipeline's, so that what the units
are expected to have adds up to what all are.
"""

from collections import Counter
from datetime import date
from typing import NamedTuple

from socrekry.domain.errors import InvalidInput
from socrekry.domain.forecasting import TERMS_AHEAD, Standing
from socrekry.domain.pipeline import Pipeline
from socrekry.domain.term import Term, TermRange, term_of
from socrekry.reports.asking import Scope
from socrekry.reports.needs import LAST_TERM, Place, positions_of, terms_until_work, units_needing
from socrekry.reports.stays import Here, Stays, stays
from socrekry.store.connect import Store

MOST_TERMS = 12  # six years; stays tell nothing of what comes after


class Prospect(NamedTuple):
    """One pipeline's: its stays, those on the way who were asked about, and how many have begun this term."""

    stays: Stays
    here: tuple[Here, ...]
    started: int

    @property
    def pipeline(self) -> Pipeline:
        return self.stays.pipeline

    @property
    def standings(self) -> list[Standing]:
        return [each.standing for each in self.here]


class Prospects(NamedTuple):
    """Each pipeline that has a history, those with most people on the way first; needs and contracts by term.

    ``without_unit`` are on the way and left out, because a unit was asked about and they have none.
    """

    pipelines: tuple[Prospect, ...]
    positions: dict[Term, int]
    signed: Counter[Term]
    without_unit: int

    @property
    def started(self) -> int:
        """How many have begun in the term that runs."""
        return sum(each.started for each in self.pipelines)


def terms_until(as_of: date, last: Term | None) -> int:
    """Return how many terms there are from the one that runs to ``last``, the usual number if it is None.

    InvalidInput("forecast-term-past", "forecast-term-far").
    """
    if last is None:
        return TERMS_AHEAD
    first = term_of(as_of)
    if last < first:
        raise InvalidInput("forecast-term-past", term=str(last), first=str(first), as_of=as_of.isoformat())
    number = last.minus(first) + 1
    if number > MOST_TERMS:
        raise InvalidInput("forecast-term-far", term=str(last), last=str(first.plus(MOST_TERMS - 1)))
    return number


def prospects(store: Store, scope: Scope, *, by_name: bool = False) -> Prospects:
    """Return who is on the way; ``by_name`` keeps candidacies apart."""
    first = term_of(scope.as_of)
    places = positions_of(store, TermRange(first, LAST_TERM))
    every = stays(store, scope.as_of, scope.pipeline, by_name=by_name)
    started, signed = _started(store, scope, places), Counter[Term]()
    found, without_unit = [], 0
    for name, each in every.items():
        wait, contracts = terms_until_work(each.pipeline), _contract_stages(each.pipeline)
        here = []
        for one in each.here:
            begins = max(one.standing.term.plus(wait), first)
            if _is_asked_about(scope, places, begins, one.unit):
                here.append(one)
                if one.standing.stage in contracts:
                    signed[begins] += one.standing.number
            elif one.unit is None:
                without_unit += one.standing.number
        signed[first] += started[name]
        found.append(Prospect(each, tuple(here), started[name]))
    found.sort(key=lambda each: (-sum(one.number for one in each.standings), each.pipeline.name))
    positions = Counter[Term]()
    for (term, unit), number in places.items():
        if scope.unit_id in (None, unit):
            positions[term] += number
    return Prospects(tuple(found), dict(positions), signed, without_unit)


def _started(store: Store, scope: Scope, places: dict[Place, int]) -> Counter[str]:
    """Count who has begun in the term that runs, by pipeline; a summer belongs to what follows."""
    first, started = term_of(scope.as_of), Counter[str]()
    since, day = first.previous.ends.isoformat(), scope.as_of.isoformat()
    for name, unit, number in store.rows("forecast.started", since=since, as_of=day):
        if _is_asked_about(scope, places, first, unit):
            started[name] += number
    return started


def _contract_stages(pipeline: Pipeline) -> set[str]:
    """Return the stages in which somebody has signed."""
    return {stage.name for stage in pipeline.stages if stage.order >= pipeline.hired_stage.order}


def _is_asked_about(scope: Scope, places: dict[Place, int], begins: Term, unit: int | None) -> bool:
    """Say whether the unit is the one asked about; who has none is the only one's that needs anybody."""
    if scope.unit_id is None or unit == scope.unit_id:
        return True
    return unit is None and units_needing(places, begins) == [scope.unit_id]
