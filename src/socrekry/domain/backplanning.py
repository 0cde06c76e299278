"""Back-planning: to have so many start in a term, how many must come to each stage, and by when.

First what the open candidacies bring, from the forecast; then, for each stage of the main path, how many more
must enter it, on the expectation and to be sure of it in four cases of five. The days are counted backwards
from the term's first day by the median time that a stage takes those who go on. Where the pipeline says in
which term a stage `begins`, the day stays within that term, and is its first while the history is short.
Whoever enters after the day comes too late in
half of the cases; so the chance counted with is that of entering on the day, or today where the day is past.

A stage from which nobody can plan has a reason instead of numbers: "5,092 more" would be read as advice.

Without this a shortage is seen when the ads go out, two years after it could have been met in a classroom.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from math import ceil, floor, log, sqrt
from typing import NamedTuple

from socrekry.domain.course import Course
from socrekry.domain.forecasting import TIMES_KNOWN, Forecast, Standing
from socrekry.domain.incidence import ENDED
from socrekry.domain.passages import Passages
from socrekry.domain.pipeline import Stage
from socrekry.domain.predictive import LEVEL, Estimate, Total, chance_of, estimate, surely, together
from socrekry.domain.term import Term

MOST = 10_000  # candidacies; a plan that needs more is none
LATE = 0.05  # the chance under which it is too late for a stage whose day is past
LEAST = 0.01  # the chance under which nobody plans from a stage, whenever that is
TOO_LATE, TOO_SMALL, TOO_MANY = "too-late", "chance-too-small", "too-many"


class Step(NamedTuple):
    """What a stage must see, if those who are missing all come in by it.

    ``standing`` are there now; ``chance`` is that of one who enters by ``latest`` (today, where that is past)
    to be in time; ``in_all`` would be needed if nobody were on the way, ``more`` beyond those who are, and
    ``more_to_be_sure`` to have enough in four cases of five, None where that is beyond `MOST`. From a stage
    that has a reason in ``no_plan`` nobody can plan, and all three are None.
    """

    stage: Stage
    standing: int
    chance: float
    in_all: int | None
    more: int | None
    more_to_be_sure: int | None
    latest: date
    past: bool
    no_plan: str | None = None


class Backplan(NamedTuple):
    """How to have ``need`` people start in ``term``, whose cohort is that of the term ``cohort``.

    ``expected`` is what the open candidacies bring in that term, those of other pipelines included, ``sure``
    the number they reach in four cases of five, ``enough`` the chance that they bring the whole need.
    """

    term: Term
    cohort: Term
    need: int
    expected: Estimate
    sure: int
    enough: float
    steps: tuple[Step, ...]

    @property
    def is_met(self) -> bool:
        """Say whether as many as are needed are expected, in whole persons."""
        return _is_met(self.need, self.expected.expected)


def backplan(
    forecast: Forecast, standings: Iterable[Standing], need: int, term: Term, beside: Iterable[Total] = ()
) -> Backplan:
    """Plan backwards for ``need`` positions in ``term``, which must be one of the forecast's terms.

    ``beside`` is what other pipelines are expected to bring in that term.
    """
    here = list(standings)
    total = together((forecast.outlook(here).terms[forecast.terms.index(term)].total, *beside))
    cohort = term.plus(-(forecast.passages.pipeline.terms_until(forecast.target) or 0))
    steps = [
        _step(
            forecast,
            stage,
            latest,
            sum(each.number for each in here if each.stage == stage.name),
            total,
            need,
            term,
        )
        for stage, latest in latest_days(forecast, term, cohort)
    ]
    enough = chance_of(total, need)
    return Backplan(term, cohort, need, estimate(total), surely(total), enough, tuple(steps))


def _step(
    forecast: Forecast, stage: Stage, latest: date, standing: int, there: Total, need: int, term: Term
) -> Step:
    """Return what ``stage`` must see beyond those who are ``there``."""
    past = latest < forecast.as_of
    chance = forecast.course.within(stage.name, (term.ends - max(latest, forecast.as_of)).days // 7)
    missing = 0.0 if _is_met(need, there.expected) else need - there.expected
    why = _no_plan(chance, missing, past=past)
    if why is not None:
        return Step(stage, standing, chance, None, None, None, latest, past, why)
    sure = _to_be_sure(forecast, stage.name, chance, there, need)
    return Step(stage, standing, chance, _enough(need, chance), _enough(missing, chance), sure, latest, past)


def _is_met(need: int, expected: float) -> bool:
    """Say so in whole persons, halves upwards, as the forecast does: nobody meets a third of a person."""
    return need <= int(expected + 0.5)


def _no_plan(chance: float, missing: float, *, past: bool) -> str | None:
    """Return why nobody can plan from a stage, None if somebody can."""
    if past and chance < LATE:
        return TOO_LATE
    if chance < LEAST:
        return TOO_SMALL
    return TOO_MANY if _enough(missing, chance) is None else None


def latest_days(forecast: Forecast, term: Term, cohort: Term) -> list[tuple[Stage, date]]:
    """Return by which day a candidacy should enter each open stage of the main path, in their order."""
    pipeline = forecast.passages.pipeline
    days: list[tuple[Stage, date]] = []
    day = term.starts
    few = {each.stage for each in forecast.passages.evidence if each.few}
    ahead = [stage for stage in pipeline.main_path if not forecast.reached(stage.name)]
    for stage in reversed(ahead):
        day -= timedelta(weeks=median_weeks(forecast.passages, stage.name))
        if stage.begins is not None:
            begins = cohort.plus(stage.begins)
            day = begins.starts if stage.name in few else min(max(day, begins.starts), begins.ends)
        days.append((stage, day))
    days.reverse()
    return days


def median_weeks(passages: Passages, stage: str) -> int:
    """Return the weeks after which half of those who go on from ``stage`` at all have gone on."""
    ending, prior = passages.after(stage), passages.priors[stage]
    later = ending.still_there * (1 - prior.shares[ENDED])
    by_week = [
        sum(week)
        for week in zip(
            *[chances for cause, chances in ending.increments.items() if cause != ENDED], strict=True
        )
    ]
    half = (sum(by_week) + later) / 2
    for week, chance in enumerate(by_week):
        half -= chance
        if half <= 0:
            return week
    # The rest is the prior's, and ends at an even pace.
    return len(by_week) - 1 + ceil(log(1 - half / later) / log(1 - prior.hazard))


def newcomers(course: Course, name: str, stage: str, chance: float, number: int) -> Total:
    """Return what ``number`` candidacies bring that enter ``stage`` with ``chance`` of being in time."""
    expected = number * chance
    shared: dict[tuple[str, ...], float] = {
        (name, passed): expected * times * course.doubt[passed]
        for passed, times in course.passing(stage).items()
    }
    shared[name, stage] = shared.get((name, stage), 0.0) + expected * course.doubt[stage]
    late = max(0.0, course.ever[stage] - chance)
    known = min(course.passages.known_after(stage), TIMES_KNOWN)
    shared[name, stage, "when"] = number * sqrt(chance * late / (known + 1))
    return Total(expected, expected * (1 - chance), shared, number)


def _to_be_sure(forecast: Forecast, stage: str, chance: float, there: Total, need: int) -> int | None:
    """Return how many must enter ``stage`` for ``need`` to be reached in four cases of five."""
    name = forecast.passages.pipeline.name

    def sure(number: int) -> bool:
        new = newcomers(forecast.course, name, stage, chance, number)
        return chance_of(together((there, new)), need) >= LEVEL

    if not sure(MOST):
        return None
    low, high = -1, MOST
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if sure(middle) else (middle, high)
    return high


def _enough(number: float, chance: float) -> int | None:
    """Return how many with ``chance`` each bring ``number`` on the expectation, to the nearest."""
    return floor(number / chance + 0.5) if number <= MOST * chance else None
