"""What happened in the days of a term, stage by stage and whatever the cohort: the report's activity view.

The days of a term go from the end of the one before to its own, so the summer belongs to the autumn, nothing
falls between two terms, and where one ends the next begins. A stage reconciles: who was there, and those who
came, less those who left, are those who were there at the end. A report in which they did not would have
counted somebody twice, or lost her.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from socrekry.domain.errors import InvalidInput
from socrekry.domain.pipeline import Pipeline, Stage
from socrekry.domain.term import TermRange
from socrekry.reports.asking import KnownAt, Question, scope_of
from socrekry.reports.versions import by_name, versions_of
from socrekry.store.connect import Store


class Flow(NamedTuple):
    """What happened at a stage: who was there, came and left, and who was there at the end.

    Of those who ``came``, ``first`` had never been there, ``new`` began there, and ``reopened`` were taken up
    again after an ending. Who left went on along the main path, aside, back, or ended there.
    """

    stage: Stage
    at_start: int = 0
    came: int = 0
    first: int = 0
    new: int = 0
    reopened: int = 0
    onward: int = 0
    aside: int = 0
    back: int = 0
    ended: int = 0
    at_end: int = 0


class Ended(NamedTuple):
    """How many ended at a stage with an outcome."""

    stage: Stage
    outcome: str
    number: int


class PipelineFlows(NamedTuple):
    """What happened in one pipeline.

    ``offers``, ``hires`` and ``starts`` are candidacies that came there for the first time: to a stage that
    waits for an answer to an offer, to the one that means a signed contract, to the last.
    """

    pipeline: Pipeline
    flows: tuple[Flow, ...]
    endings: tuple[Ended, ...]
    new: int
    offers: int
    hires: int
    starts: int
    ended: int


class Activity(NamedTuple):
    """What happened from a day to another, both included."""

    terms: TermRange
    as_of: date
    since: date
    until: date
    pipeline: str | None
    unit: str | None
    pipelines: tuple[PipelineFlows, ...]
    known_at: KnownAt | None = None


def days_of(terms: TermRange) -> tuple[date, date]:
    """Return the first and the last day of a range of terms, the summer before an autumn included."""
    return terms.first.previous.ends + timedelta(days=1), terms.last.ends


def activity(store: Store, question: Question, today: date) -> Activity:
    """Return what happened in the terms by a day; errors as `scope_of`, InvalidInput("term-not-begun")."""
    with store.snapshot():
        scope = scope_of(store, question, today)
        since, last = days_of(scope.terms)
        if since > scope.as_of:
            raise InvalidInput(
                "term-not-begun",
                term=str(scope.terms.first),
                since=since.isoformat(),
                on=scope.as_of.isoformat(),
            )
        until = min(last, scope.as_of)
        values = {
            "since": since.isoformat(),
            "as_of": until.isoformat(),
            "pipeline": scope.pipeline,
            "unit": scope.unit_id,
        }
        moves = store.rows("views.moves", **values)
        endings = store.rows("views.endings", **values)
        versions = versions_of(store, {row[0] for row in moves})
    counted = {name: _Counted() for name in sorted({each.name for each in versions.values()})}
    for version, stage, *numbers in moves:
        counted[versions[version].name].add(stage, numbers)
    for version, stage, outcome, number in endings:
        ended = counted[versions[version].name].ended
        ended[stage, outcome] = ended.get((stage, outcome), 0) + number
    pipelines = by_name(versions.values())
    told = tuple(each.told(pipelines[name]) for name, each in counted.items())
    return Activity(
        scope.terms, scope.as_of, since, until, scope.pipeline, scope.unit, told, question.known_at
    )


class _Counted:
    """What was counted in one pipeline, over all its versions."""

    def __init__(self) -> None:
        self.flows: dict[str, list[int]] = {}
        self.ended: dict[tuple[str, str], int] = {}

    def add(self, stage: str, numbers: Iterable[int]) -> None:
        """Add what one version has at a stage."""
        known = self.flows.get(stage, [0] * (len(Flow._fields) - 1))
        self.flows[stage] = [a + b for a, b in zip(known, numbers, strict=True)]

    def told(self, pipeline: Pipeline) -> PipelineFlows:
        """Return what happened; endings in the order of stages, the most frequent first."""
        flows = {stage.name: Flow(stage, *self.flows.get(stage.name, ())) for stage in pipeline.stages}
        stages = {stage.name: stage for stage in pipeline.stages}
        ended = [Ended(stages[stage], outcome, n) for (stage, outcome), n in self.ended.items()]
        return PipelineFlows(
            pipeline,
            tuple(flows.values()),
            tuple(sorted(ended, key=lambda each: (each.stage.order, -each.number, each.outcome))),
            sum(each.new for each in flows.values()),
            sum(flows[name].first for name in offer_stages(pipeline)),
            flows[pipeline.hired_stage.name].first,
            sum(each.first for each in flows.values() if each.stage.kind == "won"),
            sum(each.number for each in ended),
        )


def offer_stages(pipeline: Pipeline) -> tuple[str, ...]:
    """Return the stages in which an offer waits for its answer: the way on asks for one."""
    return tuple(
        stage.name
        for stage in pipeline.stages
        if stage.kind == "open"
        and any(
            use.name == "offer-accepted"
            for each in pipeline.transitions_from(stage.name)
            for use in each.guards
        )
    )
