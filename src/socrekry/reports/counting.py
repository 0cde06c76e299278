"""Count: one statement a figure, over all cohorts of the scope at once, gathered into counts by cohort.

The statements count stays, which the store keeps from the log together with the days they took. As of
a day, a stay counts from the day it was entered, and as left from the day it was left; whoever was closed
later had not been closed yet. Where nothing has happened since the day, the same is read from the tallies.
"""

from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

from socrekry.domain.pipeline import Pipeline, from_definition
from socrekry.domain.term import Term
from socrekry.reports.asking import Scope
from socrekry.reports.durations import stays_counted
from socrekry.reports.tallied import tallies_answer
from socrekry.reports.versions import by_name
from socrekry.store.connect import Store


class Cohort(NamedTuple):
    """A cohort of the scope; ``seats`` is None where its units share them and one unit was asked for."""

    id: int
    pipeline: str
    term: Term
    unit: str | None
    name: str
    seats: int | None


class Visits(NamedTuple):
    """How many candidacies reached a stage, left it forwards, and are there."""

    reached: int = 0
    completed: int = 0
    here: int = 0


class Ending(NamedTuple):
    """How candidacies ended: at which stage, with which outcome, in whose words, and whose doing it was."""

    stage: str
    outcome: str
    reason: str
    by: str | None


Times: TypeAlias = dict[tuple[int, str], int]
"""How many took so many days, and in which way."""


class Counts:
    """What was counted in one cohort or in several together."""

    def __init__(self) -> None:
        self.visits: dict[str, Visits] = {}
        self.endings: dict[Ending, int] = {}
        self.stays: dict[str, Times] = {}  # by stage; ways are those of `durations`
        self.leads: Times = {}  # how long it took from the first contact; ways are those of `leadtime`
        self.taken = 0
        self.from_waiting_list = 0

    def add(self, other: "Counts") -> None:
        """Add what was counted elsewhere."""
        for stage, visits in other.visits.items():
            self.visit(stage, visits)
        for ending, count in other.endings.items():
            self.endings[ending] = self.endings.get(ending, 0) + count
        for stage, stays in other.stays.items():
            for (days, how), count in stays.items():
                self.stay(stage, days, how, count)
        for key, count in other.leads.items():
            self.leads[key] = self.leads.get(key, 0) + count
        self.taken += other.taken
        self.from_waiting_list += other.from_waiting_list

    def visit(self, stage: str, more: Visits) -> None:
        """Add visits to a stage."""
        old = self.visits.get(stage, Visits())
        self.visits[stage] = Visits(*map(sum, zip(old, more, strict=True)))

    def stay(self, stage: str, days: int, how: str, more: int) -> None:
        """Add stays of so many days in a stage."""
        known = self.stays.setdefault(stage, {})
        known[days, how] = known.get((days, how), 0) + more

    def at(self, stage: str) -> Visits:
        """Return the visits to a stage."""
        return self.visits.get(stage, Visits())


class Counted(NamedTuple):
    """The cohorts of a scope, the counts of each by number; pipelines by name, their versions by number."""

    cohorts: tuple[Cohort, ...]
    counts: dict[int, Counts]
    pipelines: dict[str, Pipeline]
    versions: dict[int, Pipeline]


def total(parts: Iterable[Counts]) -> Counts:
    """Return several counts as one."""
    every = list(parts)
    if len(every) == 1:
        return every[0]
    sum_ = Counts()
    for part in every:
        sum_.add(part)
    return sum_


def count(store: Store, scope: Scope) -> Counted:
    """Count everything that the report shows."""
    cohorts = tuple(_cohorts(store, scope))
    counts = {cohort.id: Counts() for cohort in cohorts}
    used: set[int] = set()
    tallied = tallies_answer(store, scope.as_of)
    for cohort, version, stage, *visits in store.rows(
        "tallied.visits" if tallied else "report.visits", **scope.values
    ):
        counts[cohort].visit(stage, Visits(*visits))
        used.add(version)
    versions = _versions(store, cohorts, used)
    _count_seats(store, scope, counts, versions, tallied=tallied)
    for cohort, stage, outcome, reason, by, n in store.rows(
        "tallied.exits" if tallied else "report.exits", **scope.values
    ):
        ending = Ending(stage, outcome, " ".join(reason.split()), by)
        counts[cohort].endings[ending] = counts[cohort].endings.get(ending, 0) + n
    for cohort, stage, days, how, n in stays_counted(store, scope, versions):
        counts[cohort].stay(stage, days, how, n)
    return Counted(cohorts, counts, by_name(versions.values()), versions)


def _cohorts(store: Store, scope: Scope) -> Iterable[Cohort]:
    for number, pipeline, term, unit, name, seats, whose in store.rows("report.cohorts", **scope.values):
        known = scope.unit_id in (None, whose)
        yield Cohort(number, pipeline, Term.from_code(term), unit, name, seats if known else None)


def _versions(store: Store, cohorts: Iterable[Cohort], used: set[int]) -> dict[int, Pipeline]:
    """Return the versions in use by number, and the latest of a pipeline that nobody is on yet."""
    definitions = {number: store.value("programme.definition", id=number) for number in sorted(used)}
    found = {number: from_definition(text) for number, text in definitions.items()}
    known = {pipeline.name for pipeline in found.values()}
    for name in sorted({cohort.pipeline for cohort in cohorts} - known):
        number, text = store.rows("programme.latest_pipeline", name=name)[0]
        found[number] = from_definition(text)
    return found


def _count_seats(
    store: Store, scope: Scope, counts: dict[int, Counts], versions: dict[int, Pipeline], *, tallied: bool
) -> None:
    """Count by the stage that takes the seat in each version; most have it in common."""
    stages: dict[tuple[str, str | None], set[int]] = {}
    for number, pipeline in versions.items():
        seat, waiting = pipeline.seat_stage, pipeline.waiting_list
        if seat is not None:
            stages.setdefault((seat.name, waiting.name if waiting else None), set()).add(number)
    for (taking, list_), numbers in stages.items():
        seats = "tallied.seats" if tallied else "report.seats"
        rows = store.rows(seats, **scope.values, seat=taking, waiting=list_)
        for cohort, version, taken, came in rows:
            if version in numbers:
                counts[cohort].taken += taken
                counts[cohort].from_waiting_list += came
