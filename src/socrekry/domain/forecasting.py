"""The hiring forecast: what the open candidacies of a pipeline are expected to bring, term by term.

Every open candidacy has a chance of coming to the target by the end of each term, which follows from its
stage, the time it has stood there, and the pipeline's own history (`passages`, `course`). The chances are
summed; how far the sum may be wrong is told by an interval (`predictive`). Where the pipeline says that a
stage `begins` some terms after the cohort's own, nobody comes there before that term's first day: whatever
chance there was of that is put on the day.

Candidacies that are alike are counted together, so that a hundred thousand cost hardly more than a thousand.
A forecast speaks of those who are there: nobody who has yet to be met is in it.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import accumulate
from math import sqrt
from typing import NamedTuple

from socrekry.domain.course import Course, Curve
from socrekry.domain.passages import Evidence, Passages, week_of
from socrekry.domain.pipeline import Stage
from socrekry.domain.predictive import Estimate, Total, estimate, together
from socrekry.domain.term import Term, term_of, terms_between

TERMS_AHEAD = 6  # counted with the term of the day itself
# When people come follows calendars that stays tell little of: it is never known better than from so many.
TIMES_KNOWN = 20


class Standing(NamedTuple):
    """Open candidacies that are alike: in one stage for ``days`` (pauses left out), of one cohort's term."""

    stage: str
    days: int
    term: Term
    number: int = 1


class Chance(NamedTuple):
    """One candidacy's chance: in the end, and by the end of each of the forecast's terms.

    ``half_by`` is the day by which half of the chance is reached, None where that is beyond the last term.
    """

    ever: float
    by_term: tuple[float, ...]
    half_by: date | None


class TermOutlook(NamedTuple):
    """What a term will bring; ``total`` is for adding outlooks and for comparing with a need."""

    term: Term
    estimate: Estimate
    total: Total


class StageOutlook(NamedTuple):
    """Those who stand in a stage: how many, the mean of their chances, and the day that divides them.

    By ``half_by`` half of those who will come to the target are expected there.
    """

    stage: Stage
    number: int
    chance: float
    half_by: date | None


class Outlook(NamedTuple):
    """What the open candidacies are expected to bring.

    ``later`` is what is expected after the last term, ``ever`` the whole; ``open`` are the candidacies that
    it is about, ``already`` those that are open and have come to the target (contracts signed), ``elsewhere``
    those in a stage that the pipeline no longer has, of which nothing can be said.
    """

    target: Stage
    as_of: date
    terms: tuple[TermOutlook, ...]
    later: float
    ever: Estimate
    stages: tuple[StageOutlook, ...]
    open: int
    already: int
    elsewhere: int
    evidence: tuple[Evidence, ...]


class _Alike(NamedTuple):
    """Candidacies that have one chance."""

    stage: str
    number: int
    curve: Curve
    chance: Chance


class Forecast:
    """The forecast of one pipeline on one day; makes any number of outlooks, for units or for single ids.

    ``target`` is a stage of the main path, the won one if left out. Whoever comes past it, to a won stage,
    has come to it.
    """

    def __init__(
        self, passages: Passages, as_of: date, terms: int = TERMS_AHEAD, target: str | None = None
    ) -> None:
        pipeline = passages.pipeline
        self.passages, self.as_of = passages, as_of
        self.target = pipeline.stage(target) if target else pipeline.main_path[-1]
        first = term_of(as_of)
        self.terms = terms_between(first, first.plus(terms - 1))
        self._weeks = tuple([(term.ends - as_of).days // 7 for term in self.terms])
        won = {stage.name for stage in pipeline.stages if stage.kind == "won"}
        self.course = Course(passages, frozenset({self.target.name} | won), self._weeks[-1])
        self._wait = pipeline.terms_until(self.target)
        self._curves: dict[tuple[str, int], Curve] = {}
        self._chances: dict[tuple[str, int, Term], Chance] = {}

    def reached(self, stage: str) -> bool:
        """Say whether whoever stands in ``stage`` has come to the target already, or is not open."""
        at = self.passages.pipeline.stage(stage)
        return at.kind != "open" or (self.target.kind == "open" and at.order >= self.target.order)

    def chance(self, stage: str, days: int, term: Term) -> Chance | None:
        """Return the chance of a candidacy in ``stage`` for ``days``, of that cohort's term.

        None where none can be told: it has come to the target, or the pipeline has no such stage any more.
        """
        if stage not in self.course.ever or self.reached(stage):
            return None
        return self._chance_of(stage, week_of(days), term)

    def outlook(self, standings: Iterable[Standing]) -> Outlook:
        """Return what ``standings`` are expected to bring, together."""
        groups: dict[tuple[str, int, Term], int] = {}
        already = elsewhere = 0
        reached = {stage.name: self.reached(stage.name) for stage in self.passages.pipeline.stages}
        for stage, days, term, number in standings:
            if stage not in reached:
                elsewhere += number
            elif reached[stage]:
                already += number
            else:
                key = (stage, week_of(days), term)
                groups[key] = groups.get(key, 0) + number
        alike = [
            _Alike(stage, number, self._curve(stage, week), self._chance_of(stage, week, term))
            for (stage, week, term), number in groups.items()
        ]
        terms = []
        for n, term in enumerate(self.terms):
            total = self._total(alike, n)
            terms.append(TermOutlook(term, estimate(total), total))
        ever = self._total(alike, None)
        return Outlook(
            self.target,
            self.as_of,
            tuple(terms),
            max(0.0, ever.expected - sum(each.total.expected for each in terms)),
            estimate(ever),
            self._by_stage(alike),
            ever.most,
            already,
            elsewhere,
            self.passages.evidence,
        )

    def _chance_of(self, stage: str, week: int, term: Term) -> Chance:
        if (stage, week, term) not in self._chances:
            self._chances[stage, week, term] = self._chance(self._curve(stage, week), term)
        return self._chances[stage, week, term]

    def _curve(self, stage: str, week: int) -> Curve:
        """Return the curve of a stage and age; beyond the data all ages have the same."""
        week = min(week, len(self.passages.stays[stage].gone) - 1)
        if (stage, week) not in self._curves:
            self._curves[stage, week] = self.course.curve(stage, week, self._weeks)
        return self._curves[stage, week]

    def _chance(self, curve: Curve, cohort: Term) -> Chance:
        """Put what a curve expects before the cohort can begin on the day when it can."""
        half = None if curve.half is None else self.as_of + timedelta(weeks=curve.half)
        if self._wait is None:
            return Chance(curve.ever, curve.by_week, half)
        begins = cohort.plus(self._wait)
        by_term = tuple(
            [
                chance if term >= begins else 0.0
                for term, chance in zip(self.terms, curve.by_week, strict=True)
            ]
        )
        if half is not None:
            half = max(half, begins.starts) if begins <= self.terms[-1] else None
        return Chance(curve.ever, by_term, half)

    def _total(self, alike: list[_Alike], n: int | None) -> Total:
        """Return what is expected in the term number ``n``; None: in the end."""
        expected, by_chance, most = 0.0, 0.0, 0
        shared: dict[tuple[str, ...], float] = {}
        by_stage: dict[str, float] = {}
        name = self.passages.pipeline.name
        for stage, number, curve, chance in alike:
            most += number
            part = chance.ever if n is None else chance.by_term[n] - (chance.by_term[n - 1] if n else 0.0)
            if part > 0:
                hires = number * part
                expected += hires
                by_chance += hires * (1 - part)
                by_stage[stage] = by_stage.get(stage, 0.0) + hires
                own, when = (name, stage), (name, stage, "when")
                shared[own] = shared.get(own, 0.0) + hires * curve.doubt
                timing = sqrt(part * max(0.0, chance.ever - part) / (min(curve.known, TIMES_KNOWN) + 1))
                shared[when] = shared.get(when, 0.0) + number * timing
        for stage, hires in by_stage.items():
            for passed, times in self.course.passing(stage).items():
                key = (name, passed)
                shared[key] = shared.get(key, 0.0) + hires * times * self.course.doubt[passed]
        return Total(expected, by_chance, shared, most)

    def _by_stage(self, alike: list[_Alike]) -> tuple[StageOutlook, ...]:
        """Return the outlook of each stage where somebody stands, in the pipeline's order."""
        outlooks = []
        for stage in self.passages.pipeline.stages:
            here = [each for each in alike if each.stage == stage.name]
            if here:
                number = sum(each.number for each in here)
                expected = sum(each.number * each.chance.ever for each in here)
                outlooks.append(StageOutlook(stage, number, expected / number, _half_by(here, expected)))
        return tuple(outlooks)


def combined(outlooks: Iterable[Outlook]) -> tuple[TermOutlook, ...]:
    """Add the outlooks of several pipelines, or of several groups in one, on the same day and terms."""
    return tuple(
        TermOutlook(same[0].term, estimate(total := together(each.total for each in same)), total)
        for same in zip(*[outlook.terms for outlook in outlooks], strict=True)
    )


def _half_by(here: list[_Alike], expected: float) -> date | None:
    """Return the day by which half of what a stage is expected to bring has come."""
    ordered = sorted(here, key=lambda each: each.chance.half_by or date.max)
    come = accumulate(each.number * each.chance.ever for each in ordered)
    return next(
        each.chance.half_by for each, so_far in zip(ordered, come, strict=True) if so_far >= expected / 2
    )
