"""What waits for somebody: one item for each thing to do, with the command that does it.

Every item is found from data that is kept anyway; nothing has to be ticked off. What the pipelines'
guards ask for says which stages wait for an answer or for a supervisor.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from socrekry.domain.ids import candidacy_id, cohort_id
from socrekry.domain.months import months_before
from socrekry.domain.names import search_key, shown_name
from socrekry.domain.pipeline import Pipeline, from_definition
from socrekry.domain.staying import MARKS, UNKNOWN, at_mark, mark_day, statements
from socrekry.domain.term import Term, term_of
from socrekry.store.connect import Store
from socrekry.store.engine import Row

OVERDUE, UNANSWERED, UNSUPERVISED = "overdue", "offer-unanswered", "placement-without-supervisor"
FREE_SEATS, RESERVE, PAUSE_ENDS, FOLLOW_UP = "free-seats", "reserve-first-in-line", "pause-ends", "follow-up"
KINDS = (OVERDUE, UNANSWERED, UNSUPERVISED, RESERVE, FREE_SEATS, PAUSE_ENDS, FOLLOW_UP)
_ANSWER_DAYS = 7
_ASK_FOR_DAYS = 180  # less than half a year: nobody is asked about two marks at once
_SHORT_MONTHS = 3  # days by which months that are counted back and forth may differ


class Waiting(NamedTuple):
    """One thing to do: about whom (or which cohort), since or by when, and the command that does it.

    ``number`` is how many seats are free, or how many months a follow-up is about.
    """

    kind: str
    id: str
    name: str
    stage: str
    titles: dict[str, str]
    day: date | None
    command: str
    number: int | None = None


def waiting(store: Store, today: date, *, days: int = 30, unit: str | None = None) -> tuple[Waiting, ...]:
    """Return what waits, the kinds in the order of `KINDS`; ``days`` is how far ahead to look."""
    unit_key = search_key(unit) if unit else None
    pipelines = {number: from_definition(text) for number, _, text in store.rows("programme.definitions")}
    found: list[Waiting] = []
    asked = {
        (number, stage.name): {
            use.name for each in pipeline.transitions_from(stage.name) for use in each.guards
        }
        for number, pipeline in pipelines.items()
        for stage in pipeline.stages
    }
    for row in store.rows("waiting.open", unit=unit_key):
        found += _about_open(row, pipelines[row[5]], asked[row[5], row[6]], today, days)
    found += _about_seats(store, pipelines, today, unit_key)
    found += _about_staying(store, pipelines, today, unit_key)
    return tuple(sorted(found, key=lambda each: KINDS.index(each.kind)))


def _about_open(row: Row, pipeline: Pipeline, asked: set[str], today: date, days: int) -> Iterator[Waiting]:
    _, person, number, name, protected, _, stage, entered, due, paused, term, answered, supervised = row
    label, shown = candidacy_id(person, number), shown_name(name, protected)
    titles = pipeline.stage(stage).titles
    ahead = today + timedelta(days=days)
    if paused is not None and date.fromisoformat(paused) > today:
        if date.fromisoformat(paused) <= ahead:
            command = f"socrekry resume {label}"
            yield Waiting(PAUSE_ENDS, label, shown, stage, titles, date.fromisoformat(paused), command)
        return
    if due is not None and date.fromisoformat(due) < today:
        command = f"socrekry next {label}"
        yield Waiting(OVERDUE, label, shown, stage, titles, date.fromisoformat(due), command)
    elif "offer-accepted" in asked and not answered:
        since = date.fromisoformat(entered)
        if since <= today - timedelta(days=_ANSWER_DAYS):
            command = f"socrekry advance {label} --with offer-accepted"
            yield Waiting(UNANSWERED, label, shown, stage, titles, since, command)
    if "supervisor" in asked and not supervised and (starts := Term.from_code(term).starts) <= ahead:
        command = f"socrekry assign {label} --supervisor S-…"
        yield Waiting(UNSUPERVISED, label, shown, stage, titles, starts, command)


def _about_seats(
    store: Store, pipelines: dict[int, Pipeline], today: date, unit: str | None
) -> Iterator[Waiting]:
    latest = {pipeline.name: pipeline for pipeline in pipelines.values()}
    for number, pipeline, term, unit_name, name, seats, taken in store.rows(
        "waiting.seats", term=term_of(today).code, unit=unit
    ):
        free = seats - taken
        if free <= 0 or pipeline not in latest:
            continue
        where = " ".join(part for part in (pipeline, str(Term.from_code(term)), unit_name, name) if part)
        seat = latest[pipeline].seat_stage
        line = latest[pipeline].waiting_list
        first = store.row("candidacy.first_in_line", cohort=number, waiting=line.name) if line else None
        if first is not None and first[0] is None:
            continue  # whom row security hides waits for those who see her
        if first is not None and seat is not None:
            label, shown = candidacy_id(*first[:2]), shown_name(first[2], first[3])
            command = f"socrekry advance {label} --to {seat.name}"
            yield Waiting(RESERVE, label, shown, where, {}, None, command, free)
        elif Term.from_code(term).starts >= today:
            command = f"socrekry list --pipeline {pipeline} --term {Term.from_code(term)}"
            yield Waiting(
                FREE_SEATS, cohort_id(number), where, where, {}, Term.from_code(term).starts, command, free
            )


def _about_staying(
    store: Store, pipelines: dict[int, Pipeline], today: date, unit: str | None
) -> Iterator[Waiting]:
    """Ask where nothing is known about the latest mark; an answer about it answers those before it."""
    asked_since = today - timedelta(days=_ASK_FOR_DAYS)
    for months in MARKS:
        around = timedelta(days=_SHORT_MONTHS)
        first, last = months_before(asked_since, months) - around, months_before(today, months) + around
        rows = store.rows("waiting.started", first=first.isoformat(), last=last.isoformat(), unit=unit)
        for person, number, name, protected, pipeline, stage, started_on, *told in rows:
            started = date.fromisoformat(started_on)
            mark = mark_day(started, months)
            if asked_since <= mark <= today and at_mark(started, mark, statements(*told)) == UNKNOWN:
                label, titles = candidacy_id(person, number), pipelines[pipeline].stage(stage).titles
                command = f"socrekry record {label} still-employed --on {mark}"
                shown = shown_name(name, protected)
                yield Waiting(FOLLOW_UP, label, shown, stage, titles, mark, command, months)
