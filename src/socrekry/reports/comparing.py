"""Two reports side by side, of different terms as of the same day, and how far each figure differs.

Terms have not had the same time: how long ago each began is part of the answer. They must not overlap, for
then a candidacy would be compared with itself, and the difference of two published figures would be a smaller
group. A difference is said only where both figures are there; a stage that nobody can have reached has none.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple, TypeAlias

from socrekry.domain.errors import InvalidInput
from socrekry.domain.pipeline import Pipeline, Stage
from socrekry.domain.term import TermRange
from socrekry.reports.asking import Question
from socrekry.reports.figures import Account, Duration, LeadTime, Step, TermReport
from socrekry.reports.sections import OF_COHORTS, sections_wanted
from socrekry.reports.term_report import term_report
from socrekry.reports.views import COHORT, View
from socrekry.store.connect import Store

Number: TypeAlias = int | float

COMPARED = ("funnel", "exits", "time")
"""The sections of a report that can be compared."""


class Side(NamedTuple):
    """One of the two: its terms, the day on which they began, and how many days ago that is."""

    terms: TermRange
    began: date
    days: int


class Difference(NamedTuple):
    """A figure of both, and the first less the second; of a ``stage``, or of the pipeline as a whole."""

    figure: str
    stage: Stage | None
    value: Number | None
    other: Number | None

    @property
    def difference(self) -> Number | None:
        if self.value is None or self.other is None:
            return None
        found = self.value - self.other
        return round(found, 4) if isinstance(found, float) else found


class Compared(NamedTuple):
    """One pipeline's figures, in the order of a report; an account is None where there is no cohort."""

    pipeline: Pipeline
    account: Account | None
    other: Account | None
    differences: tuple[Difference, ...]


class Comparison(NamedTuple):
    """The report that was asked for, the one it is compared with, and each pipeline that either has."""

    report: TermReport
    other: TermReport
    pipelines: tuple[Compared, ...]

    @property
    def sides(self) -> tuple[Side, Side]:
        one, other = (_side(each) for each in (self.report, self.other))
        return one, other


def sections_compared(named: tuple[str, ...], view: View, *, public: bool) -> tuple[str, ...]:
    """Return the sections that are compared: those named, or all that can be.

    InvalidInput ``section-unknown``, ``compare-section`` for one that cannot be, ``compare-view``.
    """
    if view != COHORT:
        raise InvalidInput("compare-view", view=view)
    for name in sections_wanted(named, public=public) if named else ():
        if name not in COMPARED:
            raise InvalidInput("compare-section", section=name, sections=list(COMPARED))
    return tuple(name for name in COMPARED if not named or name in named)


def comparison(store: Store, question: Question, terms: TermRange, today: date) -> Comparison:
    """Return the report that the question asks for beside that of ``terms``, as of the same day.

    InvalidInput("compare-overlaps"); the errors of `socrekry.reports.term_report.term_report`.
    """
    with store.snapshot():
        report = term_report(store, question, today)
        if terms.first <= report.terms.last and report.terms.first <= terms.last:
            raise InvalidInput("compare-overlaps", term=str(report.terms), other=str(terms))
        of_cohorts = tuple(name for name in question.sections if name in OF_COHORTS)
        other = term_report(store, question._replace(terms=terms, sections=of_cohorts), today)
    sections = tuple(name for name in COMPARED if name in question.sections)
    return Comparison(report, other, tuple(_pipelines(report, other, sections)))


def _side(report: TermReport) -> Side:
    began = report.terms.first.starts
    return Side(report.terms, began, (report.as_of - began).days)


def _pipelines(report: TermReport, other: TermReport, sections: tuple[str, ...]) -> Iterator[Compared]:
    one, two = ({each.pipeline.name: each for each in side.pipelines} for side in (report, other))
    for name in dict.fromkeys((*one, *two)):
        first, second = (side[name].account if name in side else None for side in (one, two))
        pipeline = (one if name in one else two)[name].pipeline
        yield Compared(pipeline, first, second, tuple(_differences(first, second, sections)))


def _differences(
    one: Account | None, other: Account | None, sections: tuple[str, ...]
) -> Iterator[Difference]:
    for name in ("seats", "seats_taken"):
        yield Difference(name, None, *(getattr(each, name, None) for each in (one, other)))
    if "funnel" in sections:
        for name in ("reached", "completed", "in_stage", "of_previous", "of_base"):
            yield from _by_stage(name, one, other, _step)
    if "exits" in sections:
        yield Difference("ended", None, *(each.ended if each else None for each in (one, other)))
    if "time" in sections:
        for name in ("median_days", "p80_days", "overdue"):
            yield from _by_stage(name, one, other, _duration)
        leads = [each.lead_time if each else None for each in (one, other)]
        for name in LeadTime._fields[:2]:
            yield Difference(f"lead_{name}", None, *(getattr(each, name, None) for each in leads))


def _by_stage(
    name: str,
    one: Account | None,
    other: Account | None,
    found: Callable[[Account], dict[str, Step] | dict[str, Duration]],
) -> Iterator[Difference]:
    sides = [found(each) if each else {} for each in (one, other)]
    stages = {name: each.stage for side in reversed(sides) for name, each in side.items()}
    for stage in sorted(stages.values(), key=lambda each: each.order):
        values = (getattr(side.get(stage.name), name, None) for side in sides)
        yield Difference(name, stage, *values)


def _step(account: Account) -> dict[str, Step]:
    """Return the steps that somebody can have reached."""
    steps = (*account.funnel, *account.beside)
    return {each.stage.name: each for each in steps if each.earliest is None}


def _duration(account: Account) -> dict[str, Duration]:
    return {each.stage.name: each for each in account.durations}
