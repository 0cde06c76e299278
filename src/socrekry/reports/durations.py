"""Count stays by how long they lasted, those that are still open as well.

A stay that was left counts with its days, and whether it led forwards or ended otherwise; one that is open
with the days so far, and as overdue if its stage expects nobody to stay so long. Without those that are open,
a stage would look the quicker the more people are stuck in it.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import NamedTuple

from socrekry.domain.pipeline import Pipeline, Stage
from socrekry.domain.survival import FOUR_OF_FIVE, HALF, times_until
from socrekry.reports.asking import Scope
from socrekry.reports.figures import Duration
from socrekry.reports.standing import days_so_far, stood_by_the_log
from socrekry.reports.tallied import tallies_answer
from socrekry.store.connect import Store

ONWARD, OTHERWISE, OPEN, OVERDUE = "onward", "otherwise", "open", "overdue"
"""How stays are counted: left forwards, left otherwise, open, and those of the open that are overdue."""


class Stays(NamedTuple):
    """Stays in a stage of a cohort that lasted so many days and are alike, see `ONWARD` and the others."""

    cohort: int
    stage: str
    days: int
    how: str
    number: int


def stays_counted(store: Store, scope: Scope, versions: Mapping[int, Pipeline]) -> Iterator[Stays]:
    """Give the stays of a scope by how long they lasted; an overdue one twice, for it is open too."""
    tallied = tallies_answer(store, scope.as_of)
    left = "tallied.left_stays" if tallied else "report.left_stays"
    for cohort, stage, days, onward, n in store.rows(left, **scope.values):
        yield Stays(cohort, stage, days, ONWARD if onward else OTHERWISE, n)
    as_of, day_of = scope.as_of, cache(date.fromisoformat)
    for cohort, version, stage, entered, rested, *pause, candidacy, n in store.rows(
        "tallied.open_stays" if tallied else "report.open_stays", **scope.values
    ):
        pipeline = versions[version]
        if candidacy is not None:
            days, resting = stood_by_the_log(store, candidacy, pipeline, as_of)
        else:
            since, until = (day_of(each) if each else None for each in pause)
            days = days_so_far(as_of, day_of(entered), rested, since, until)
            resting = since is not None and until is not None and since <= as_of < until
        yield Stays(cohort, stage, days, OPEN, n)
        expected = pipeline.stage(stage).longest_stay
        if expected is not None and days > expected and not resting:
            yield Stays(cohort, stage, days, OVERDUE, n)


def duration(stage: Stage, stays: Mapping[tuple[int, str], int]) -> Duration:
    """Return how long the stage takes, from stays that were counted by days and how."""
    numbers = dict.fromkeys((ONWARD, OTHERWISE, OPEN, OVERDUE), 0)
    left: dict[int, int] = {}
    waiting: dict[int, int] = {}
    for (days, how), n in stays.items():
        numbers[how] += n
        if how == OPEN:
            waiting[days] = n
        elif how != OVERDUE:
            left[days] = left.get(days, 0) + n
    median, four_of_five = times_until((HALF, FOUR_OF_FIVE), left, waiting)
    overdue = numbers[OVERDUE] if numbers[OVERDUE] or stage.longest_stay is not None else None
    return Duration(stage, median, four_of_five, numbers[ONWARD], numbers[OTHERWISE], numbers[OPEN], overdue)
