"""Back-planning as it is asked for: so many in a term, by each pipeline that they could come through.

Whoever is on the way in one pipeline is counted for all of them, and so is who has begun in that term
already: otherwise each pipeline would be asked for what another has.
"""

from datetime import date
from typing import NamedTuple

from socrekry.domain.backplanning import Backplan, backplan
from socrekry.domain.forecasting import Forecast
from socrekry.domain.passages import Evidence
from socrekry.domain.pipeline import Pipeline, from_definition
from socrekry.domain.predictive import Estimate, chance_of, estimate, surely, together
from socrekry.domain.term import Term, term_of
from socrekry.reports.asking import Scope
from socrekry.reports.prospects import Prospect, Prospects, prospects, terms_until
from socrekry.reports.stays import Stays
from socrekry.store.connect import Store


class Plan(NamedTuple):
    """How to have enough by way of one pipeline, if no other brings more than it already will."""

    pipeline: Pipeline
    plan: Backplan
    history: tuple[Evidence, ...]


class Plans(NamedTuple):
    """How to have ``need`` people begin in ``term``; the pipeline with most cohorts comes first.

    ``expected`` of them will, by all who are on the way, ``started`` have already, and ``enough`` is the
    chance of so many; in four cases of five there are ``sure`` at least. Of those ``elsewhere``, in a stage
    that no pipeline has any more, nothing is known, and nothing expected.
    """

    as_of: date
    pipeline: str | None
    unit: str | None
    term: Term
    need: int
    started: int
    expected: Estimate
    sure: int
    enough: float
    plans: tuple[Plan, ...]
    without_unit: int
    elsewhere: int = 0


def plans(store: Store, scope: Scope, need: int, term: Term) -> Plans:
    """Plan backwards; the terms of the scope play no part.

    InvalidInput("forecast-term-past", "forecast-term-far").
    """
    number = terms_until(scope.as_of, term)
    with store.snapshot():
        found = prospects(store, scope)
        ways = _ways(store, scope, found)
    forecasts = [Forecast(each.stays.passages, scope.as_of, number) for each in ways]
    outlooks = [one.outlook(each.standings) for one, each in zip(forecasts, ways, strict=True)]
    totals = [each.terms[-1].total for each in outlooks]
    started = found.started if term == term_of(scope.as_of) else 0
    total = together(totals)
    expected, low, high = estimate(total)
    missing = max(0, need - started)
    planned = [
        Plan(
            each.pipeline,
            backplan(one, each.standings, missing, term, totals[:n] + totals[n + 1 :]),
            one.passages.evidence,
        )
        for n, (one, each) in enumerate(zip(forecasts, ways, strict=True))
    ]
    return Plans(
        scope.as_of,
        scope.pipeline,
        scope.unit,
        term,
        need,
        started,
        Estimate(expected + started, low + started, high + started),
        surely(total) + started,
        chance_of(total, missing),
        tuple(planned),
        found.without_unit,
        sum(each.elsewhere for each in outlooks),
    )


def _ways(store: Store, scope: Scope, found: Prospects) -> list[Prospect]:
    """Return the pipelines that they could come through: those with cohorts, else all; or the one named."""
    cohorts: dict[str, int] = {}
    for row in store.rows("programme.cohorts", term=None, pipeline=scope.pipeline):
        cohorts[row[1]] = cohorts.get(row[1], 0) + 1
    named = [scope.pipeline] if scope.pipeline else []
    names = list(cohorts) or named or [row[0] for row in store.rows("programme.pipeline_names")]
    known = {each.pipeline.name: each for each in found.pipelines}
    for name in sorted(set(names) - set(known)):
        _, definition = store.rows("programme.latest_pipeline", name=name)[0]
        known[name] = Prospect(Stays(from_definition(definition), (), ()), (), 0)
    ordered = sorted(known, key=lambda name: (-cohorts.get(name, 0), name))
    return [known[name] for name in ordered]
