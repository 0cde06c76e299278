"""The forecast, as it is asked for: what those on the way will bring in each term, against what is needed.

The figures are `domain.forecasting`'s; here they are given a store's stays, and several pipelines are added.
A term's expectation holds those who have begun in it already, for a need is of the whole term.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from socrekry.domain.forecasting import Chance, Forecast, Outlook, combined
from socrekry.domain.names import sort_key
from socrekry.domain.passages import Evidence
from socrekry.domain.pipeline import Pipeline, Stage
from socrekry.domain.predictive import Total, chance_of, estimate
from socrekry.domain.term import Term, term_of
from socrekry.reports.asking import Scope
from socrekry.reports.prospects import Prospect, Prospects, prospects, terms_until
from socrekry.store.connect import Store


class TermForecast(NamedTuple):
    """How many will begin work in a term: the expectation, and between what it lies in four cases of five.

    ``started`` have begun already and are among them; ``signed`` have a contract, these included. ``need``
    are positions, None where nobody recorded any, and ``chance`` that of so many beginning.
    """

    term: Term
    expected: float
    low: int
    high: int
    started: int
    signed: int
    need: int | None
    chance: float | None

    @property
    def gap(self) -> int | None:
        """Positions that nobody is expected for, below 0 where more are; in whole persons, halves upwards."""
        return None if self.need is None else self.need - int(self.expected + 0.5)


class StageForecast(NamedTuple):
    """Those who stand in a stage: how many, their mean chance of work and of a contract, and when.

    By ``half_by`` half of those who will begin are expected to have; ``contract`` is None where they have
    signed, or the pipeline knows no contract before the start.
    """

    stage: Stage
    number: int
    chance: float
    contract: float | None
    half_by: date | None


class PipelineForecast(NamedTuple):
    """A pipeline where somebody is on the way; of those ``elsewhere``, its latest version knows no stage."""

    pipeline: Pipeline
    stages: tuple[StageForecast, ...]
    elsewhere: int
    history: tuple[Evidence, ...]


class CandidacyForecast(NamedTuple):
    """One candidacy: its chances in the end, and of work by each term's end; None where none can be told."""

    id: str
    name: str
    pipeline: str
    term: Term
    stage: str
    titles: dict[str, str]
    chance: float | None
    contract: float | None
    signed: bool
    half_by: date | None
    by_term: tuple[float, ...]


class Forecasts(NamedTuple):
    """The forecast of a day; ``later`` is what is expected after the last term.

    ``without_unit`` are left out, because a unit was asked about; ``candidacies`` is None unless asked for.
    """

    as_of: date
    pipeline: str | None
    unit: str | None
    terms: tuple[TermForecast, ...]
    later: float
    on_the_way: int
    pipelines: tuple[PipelineForecast, ...]
    without_unit: int
    candidacies: tuple[CandidacyForecast, ...] | None


class _Forecast(NamedTuple):
    """What is computed of one pipeline: of work, and of a contract where that comes before."""

    prospect: Prospect
    of_work: Forecast
    of_contract: Forecast | None

    @property
    def outlook(self) -> Outlook:
        return self.of_work.outlook(self.prospect.standings)


def forecast(store: Store, scope: Scope, last: Term | None = None, *, by_name: bool = False) -> Forecasts:
    """Return the forecast from the term of the scope's day on, to ``last``, whatever terms the scope has.

    ``by_name`` tells of each candidacy as well. InvalidInput("forecast-term-past", "forecast-term-far").
    """
    number = terms_until(scope.as_of, last)
    with store.snapshot():
        found = prospects(store, scope, by_name=by_name)
    parts = [_forecast(each, scope.as_of, number) for each in found.pipelines if each.here]
    outlooks = [each.outlook for each in parts]
    first = term_of(scope.as_of)
    totals = [each.total for each in combined(outlooks)] or [Total()] * number
    return Forecasts(
        scope.as_of,
        scope.pipeline,
        scope.unit,
        tuple(_term(first.plus(n), total, found, first) for n, total in enumerate(totals)),
        sum((each.later for each in outlooks), 0.0),
        sum(one.number for each in parts for one in each.prospect.standings),
        tuple(_pipeline(each, outlook) for each, outlook in zip(parts, outlooks, strict=True)),
        found.without_unit,
        _candidacies(parts) if by_name else None,
    )


def _forecast(prospect: Prospect, as_of: date, terms: int) -> _Forecast:
    passages, hired = prospect.stays.passages, prospect.pipeline.hired_stage
    of_contract = Forecast(passages, as_of, 1, hired.name) if hired.kind == "open" else None
    return _Forecast(prospect, Forecast(passages, as_of, terms), of_contract)


def _term(term: Term, total: Total, found: Prospects, first: Term) -> TermForecast:
    started = found.started if term == first else 0
    expected, low, high = estimate(total)
    need = found.positions.get(term)
    chance = None if need is None else chance_of(total, need - started)
    bounds = expected + started, low + started, high + started
    return TermForecast(term, *bounds, started, found.signed[term], need, chance)


def _pipeline(part: _Forecast, outlook: Outlook) -> PipelineForecast:
    contracts: dict[str, float] = {}
    if part.of_contract is not None:
        signing = part.of_contract.outlook(part.prospect.standings)
        contracts = {each.stage.name: each.chance for each in signing.stages}
    return PipelineForecast(
        part.prospect.pipeline,
        tuple(
            StageForecast(each.stage, each.number, each.chance, contracts.get(each.stage.name), each.half_by)
            for each in outlook.stages
        ),
        outlook.elsewhere,
        outlook.evidence,
    )


def _candidacies(parts: list[_Forecast]) -> tuple[CandidacyForecast, ...]:
    """Return everybody in order of name, not of chance: it is no figure to choose people by."""
    every = [each for part in parts for each in _named(part)]
    return tuple(sorted(every, key=lambda each: sort_key(each.name)))


def _named(part: _Forecast) -> Iterator[CandidacyForecast]:
    titles = {stage.name: stage.titles for stage in part.prospect.pipeline.stages}
    for (stage, days, term, _), _unit, who in part.prospect.here:
        assert who is not None, "they were asked for by name"
        chance = part.of_work.chance(stage, days, term) or Chance(0.0, (), None)
        signing = part.of_contract.chance(stage, days, term) if part.of_contract else None
        known = stage in titles
        yield CandidacyForecast(
            *who,
            part.prospect.pipeline.name,
            term,
            stage,
            titles.get(stage, {}),
            chance.ever if known else None,
            signing.ever if signing else None,
            known and part.of_contract is not None and signing is None,
            chance.half_by,
            chance.by_term,
        )
