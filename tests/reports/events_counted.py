"""A plain account of what happened, from the exported event log: no folding, no stays, no SQL that counts.

It knows what the words in the log mean, and of the pipeline the order and the kinds of its stages. Whatever a
report says in any of its views, this must say as well.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from io import BytesIO, StringIO
from statistics import median
from typing import Any, NamedTuple, TypeAlias

from socrekry.domain.pipeline import Pipeline, Stage
from socrekry.exchange.export_csv import Style, write_csv
from socrekry.services.eventlog import EventLog
from socrekry.services.exporting import Wanted
from socrekry.store.connect import Store

Told: TypeAlias = dict[str, str]
"""A row of the exported log."""
NO_REST = (date(1900, 1, 1), date(1900, 1, 1))
MOVES = ("opened", "moved", "closed", "reopened")


class Happened(NamedTuple):
    """Something that stands in a log, on the day that it counts on."""

    kind: str
    on: date
    told: Told


class Course(NamedTuple):
    """A candidacy: the cohort that it belongs to in the end, and what happened to it."""

    cohort: int
    happened: tuple[Happened, ...]


class Visit:
    """A visit to a stage while the account is walked through."""

    def __init__(self, stage: str, since: date) -> None:
        self.stage, self.since = stage, since
        self.rested, self.rest = 0, NO_REST
        self.how = ""

    def stop_resting(self, on: date) -> None:
        self.rested += max(0, (min(on, self.rest[1]) - self.rest[0]).days)
        self.rest = NO_REST


def exported(store: Store) -> list[Told]:
    """Return the event log as it is exported, every entry of it, as `csv` reads it."""
    file = BytesIO()
    log = EventLog(store, Wanted(), every=True)
    write_csv(log.columns, log.pages(), file, Style(str))
    return list(csv.DictReader(StringIO(file.getvalue().decode(), newline="")))


def courses(store: Store, known: str) -> list[Course]:
    """Return what stood in each log, by what had been recorded by a moment."""
    logs: dict[str, list[Told]] = {}
    for row in exported(store):
        logs.setdefault(row["case"], []).append(row)
    cut = ([row for row in rows if row["recorded_at"] <= known] for rows in logs.values())
    found = (_course(rows) for rows in cut if rows)
    return [each for each in found if each is not None]


def _course(rows: Sequence[Told]) -> Course | None:
    never, mended = set[str](), dict[str, str]()
    for row in reversed(rows):
        if row["kind"] == "undone" and row["seq"] not in never:
            never.update(row["undone"].split())
    for row in rows:
        if row["kind"] == "corrected" and row["seq"] not in never:
            mended[row["target"]] = row["new_day"]
    happened = [
        Happened(row["kind"], date.fromisoformat(mended.get(row["seq"], row["occurred_on"])), row)
        for row in rows
        if row["seq"] not in never and row["occurred_on"]
    ]
    cohorts = [each.told["to_cohort"] for each in happened if each.kind in ("opened", "transferred")]
    return Course(int(cohorts[-1].removeprefix("K-")), tuple(happened)) if cohorts else None


class Counted:
    """What a walk through the courses counts by a day; ``stages`` are the pipeline's."""

    def __init__(self, pipeline: Pipeline, courses: Iterable[Course]) -> None:
        self.stages: dict[str, Stage] = {each.name: each for each in pipeline.stages}
        self.courses = list(courses)
        self.seat = pipeline.seat_stage

    def visits(self, course: Course, as_of: date) -> list[Visit]:
        """Return the visits of a candidacy, the last one with how it ended, if it did."""
        found: list[Visit] = []
        for kind, on, told in course.happened:
            if on > as_of:
                continue
            if kind in ("moved", "closed", "paused", "resumed"):
                found[-1].stop_resting(on)
            if kind == "closed":
                found[-1].how = told["outcome"]
            elif kind == "moved":
                found[-1].how = self.way(told)
                found.append(Visit(told["stage"], on))
                found[-1].how = self.stages[told["stage"]].outcome or ""
            elif kind in ("opened", "reopened"):
                found.append(Visit(told["stage"], on))
            elif kind == "paused":
                found[-1].rest = (on, date.fromisoformat(told["until"]))
        return found

    def way(self, told: Told) -> str:
        """Return which way a move went."""
        source, target = self.stages[told["from_stage"]], self.stages[told["stage"]]
        return "aside" if not target.main else "onward" if target.order > source.order else "back"

    def funnel(self, as_of: date) -> tuple[Counter[Any], ...]:
        """Return reached, completed, here, exits and held seats, each by cohort."""
        reached, completed, here, exits, seats = (Counter[Any]() for _ in range(5))
        for course in self.courses:
            visits, of = self.visits(course, as_of), course.cohort
            reached.update((of, stage) for stage in {each.stage for each in visits})
            completed.update((of, stage) for stage in {each.stage for each in visits if each.how == "onward"})
            if visits and visits[-1].how:
                exits[of, visits[-1].stage, visits[-1].how] += 1
            elif visits:
                here[of, visits[-1].stage] += 1
                seats[of] += any(self.seat and each.stage == self.seat.name for each in visits)
        return tuple(+each for each in (reached, completed, here, exits, seats))

    def flows(self, since: date, until: date) -> Counter[Any]:
        """Return what happened at each stage from a day to another, by word and stage."""
        counts = Counter[Any]()
        for course in self.courses:
            for word, day in (("at_start", since - timedelta(days=1)), ("at_end", until)):
                visits = self.visits(course, day)
                if visits and not visits[-1].how:
                    counts[word, visits[-1].stage] += 1
            been = set[str]()
            for kind, on, told in course.happened:
                came = told["stage"] if kind in MOVES else None
                if since <= on <= until and kind in MOVES:
                    self._flow(counts, kind, told, came not in been)
                been.update([came] if came else [])
        return +counts

    def _flow(self, counts: Counter[Any], kind: str, told: Told, first: bool) -> None:
        if kind == "closed":
            counts["ended", told["stage"]] += 1
            counts["outcome", told["stage"], told["outcome"]] += 1
            return
        stage = told["stage"]
        counts["came", stage] += 1
        counts["first", stage] += first
        counts["new", stage] += kind == "opened"
        counts["reopened", stage] += kind == "reopened"
        if kind == "moved":
            counts[self.way(told), told["from_stage"]] += 1
        if outcome := self.stages[stage].outcome:
            counts["ended", stage] += 1
            counts["outcome", stage, outcome] += 1

    def standing(self, as_of: date) -> dict[str, tuple[int, int, int, float, int]]:
        """Return of each open stage: here, overdue, paused, the median of days so far, and the longest."""
        stays: dict[str, list[tuple[int, bool, bool]]] = {}
        for course in self.courses:
            visits = self.visits(course, as_of)
            if visits and not visits[-1].how and self.stages[visits[-1].stage].kind == "open":
                stays.setdefault(visits[-1].stage, []).append(self._stay(visits[-1], as_of))
        return {
            stage: (
                len(found),
                sum(late for _, late, _ in found),
                sum(rests for *_, rests in found),
                median(days for days, *_ in found),
                max(days for days, *_ in found),
            )
            for stage, found in stays.items()
        }

    def _stay(self, visit: Visit, as_of: date) -> tuple[int, bool, bool]:
        begun, over = visit.rest
        rests = begun <= as_of < over
        days = (as_of - visit.since).days - visit.rested - max(0, (min(as_of, over) - begun).days)
        longest = self.stages[visit.stage].longest_stay
        allowed = visit.rested + (over - begun).days + (10**6 if longest is None else longest)
        return days, (as_of - visit.since).days > allowed and not rests, rests
