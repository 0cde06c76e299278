"""Who stands where on a day, since when, and which seats are taken: the report's view of one day.

It counts those on the way, not those who have ended or started. Days of a pause are left out, and who rests
is not overdue. As of an earlier day, what the store keeps of a candidacy's pauses is too much where they have
gone on since; then its log is read.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from socrekry.domain.folding import fold, standing_entries
from socrekry.domain.pipeline import Pipeline, Stage, from_definition
from socrekry.domain.term import Term, TermRange
from socrekry.reports.accounts import median
from socrekry.reports.asking import KnownAt, Question, Scope, every_term, scope_of
from socrekry.reports.versions import by_name
from socrekry.store import log
from socrekry.store.connect import Store
from socrekry.store.engine import Row


class Standing(NamedTuple):
    """Who is in a stage: how many, how many of them too long, how many rest, and for how many days so far."""

    stage: Stage
    here: int = 0
    overdue: int = 0
    paused: int = 0
    median_days: float | None = None
    longest_days: int | None = None


class PipelineSnapshot(NamedTuple):
    """Who is on the way in one pipeline, in the order of its open stages."""

    pipeline: Pipeline
    standing: tuple[Standing, ...]


class CohortSeats(NamedTuple):
    """A cohort's seats on a day: how many there are, are held, and are held by who has started.

    ``seats`` is None where its units share them and one unit was asked for; ``on_the_way`` are all who are.
    """

    pipeline: Pipeline
    term: Term
    unit: str | None
    name: str
    seats: int | None
    taken: int
    started: int
    on_the_way: int

    @property
    def free(self) -> int | None:
        """How many seats are free; None where nobody has said how many there are."""
        return None if self.seats is None else max(0, self.seats - self.taken)


class Snapshot(NamedTuple):
    """A day: who is on the way in each pipeline, and the seats of the cohorts that are not over."""

    terms: TermRange
    as_of: date
    pipeline: str | None
    unit: str | None
    pipelines: tuple[PipelineSnapshot, ...]
    cohorts: tuple[CohortSeats, ...]
    known_at: KnownAt | None = None


class _Here(NamedTuple):
    """Candidacies of a cohort that are in a stage and alike."""

    cohort: int
    version: int
    stage: str
    number: int
    days: int
    overdue: bool
    paused: bool


def snapshot(store: Store, question: Question, today: date) -> Snapshot:
    """Return who stands where on the question's day, of all cohorts unless terms are named.

    Errors as `socrekry.reports.asking.scope_of`.
    """
    with store.snapshot():
        scope = scope_of(store, question, today, every_term)
        versions = {number: from_definition(text) for number, _, text in store.rows("programme.definitions")}
        rows = store.rows("views.standing", **scope.values)
        here = [each for row in rows if (each := _here(store, row, versions[row[1]], scope.as_of))]
        seats = _seats(store, scope, here, versions, named=question.terms is not None)
    used = {each.version for each in here}
    pipelines = by_name(versions[number] for number in used)
    told = [
        PipelineSnapshot(each, _standing(each, [x for x in here if versions[x.version].name == name]))
        for name, each in sorted(pipelines.items())
    ]
    return Snapshot(
        scope.terms, scope.as_of, scope.pipeline, scope.unit, tuple(told), seats, question.known_at
    )


def _here(store: Store, row: Row, pipeline: Pipeline, as_of: date) -> _Here | None:
    """Return what a row says of the day; None where the stage is no longer a place to wait in."""
    cohort, version, stage, entered, rested, pause_from, pause_until, candidacy, number = row
    if pipeline.stage(stage).kind != "open":
        return None
    pause = (date.fromisoformat(pause_from), date.fromisoformat(pause_until)) if pause_from else None
    if candidacy is not None:
        rested, pause = _rests_by_the_log(store, candidacy, pipeline, as_of)
    elif pause is not None and pause[0] > as_of:
        pause = None
    since, longest = date.fromisoformat(entered), pipeline.stage(stage).longest_stay
    days = (as_of - since).days - rested
    length = 0
    if pause is not None:
        days -= (min(as_of, pause[1]) - pause[0]).days
        length = (pause[1] - pause[0]).days
    paused = pause is not None and as_of < pause[1]
    overdue = longest is not None and since + timedelta(days=longest + rested + length) < as_of
    return _Here(cohort, version, stage, number, max(0, days), overdue and not paused, paused)


def _rests_by_the_log(
    store: Store, candidacy: int, pipeline: Pipeline, as_of: date
) -> tuple[int, tuple[date, date] | None]:
    """Return how many days it had rested where it stood on a day, and the pause it was in or had last."""
    occurred = [
        entry
        for entry in standing_entries(log.read(store, candidacy))
        if entry.occurred_on is not None and entry.occurred_on <= as_of
    ]
    state = fold(pipeline, occurred)
    pause = (state.pause.from_on, state.pause.until) if state.pause else None
    return state.stays[-1].paused_days, pause


def _standing(pipeline: Pipeline, here: Iterable[_Here]) -> tuple[Standing, ...]:
    of: dict[str, list[_Here]] = {}
    for each in here:
        of.setdefault(each.stage, []).append(each)
    return tuple(_one(stage, of.get(stage.name, [])) for stage in pipeline.stages if stage.kind == "open")


def _one(stage: Stage, here: list[_Here]) -> Standing:
    days: dict[int, int] = {}
    for each in here:
        days[each.days] = days.get(each.days, 0) + each.number
    return Standing(
        stage,
        sum(each.number for each in here),
        sum(each.number for each in here if each.overdue),
        sum(each.number for each in here if each.paused),
        median(days),
        max(days, default=None),
    )


def _seats(
    store: Store, scope: Scope, here: Iterable[_Here], versions: dict[int, Pipeline], *, named: bool
) -> tuple[CohortSeats, ...]:
    """Return the seats of the cohorts in a named term; without one, of those that are not over.

    A cohort is over when its term is and nobody in it is on the way.
    """
    on_the_way: dict[int, int] = {}
    for each in here:
        on_the_way[each.cohort] = on_the_way.get(each.cohort, 0) + each.number
    found = []
    for number, name, code, unit, called, seats, whose in store.rows("report.cohorts", **scope.values):
        term, waiting = Term.from_code(code), on_the_way.get(number, 0)
        if named or waiting or term.ends >= scope.as_of:
            of = {key: each for key, each in versions.items() if each.name == name}
            known = seats if scope.unit_id in (None, whose) else None
            held = _held(store, scope, number, of)
            found.append(CohortSeats(of[max(of)], term, unit, called, known, *held, waiting))
    return tuple(found)


def _held(store: Store, scope: Scope, cohort: int, versions: dict[int, Pipeline]) -> tuple[int, int]:
    """Return how many seats of a cohort are held, and by how many who have started."""
    stages: dict[tuple[str, str], set[int]] = {}
    for number, pipeline in versions.items():
        if pipeline.seat_stage is not None:
            last = pipeline.main_path[-1].name
            stages.setdefault((pipeline.seat_stage.name, last), set()).add(number)
    taken = started = 0
    for (seat, won), numbers in stages.items():
        values = {"cohort": cohort, "unit": scope.unit_id, "as_of": scope.as_of.isoformat()}
        for _, version, held, came in store.rows("views.holders", **values, seat=seat, won=won):
            if version in numbers:
                taken, started = taken + held, started + came
    return taken, started
