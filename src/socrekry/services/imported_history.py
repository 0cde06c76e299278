"""From the dates of a row to the events that they tell of.

The stages stand in the pipeline's order and each must lead on to the next; each day is on or after the one
before, and none is still to come. Guards are not asked – what happened has happened – but limits hold: they
compare where a candidacy ends up, for whoever passed through a seat long ago takes none today.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from socrekry.domain import intents
from socrekry.domain.intents import USUAL_PARTY
from socrekry.domain.limits import limits_broken
from socrekry.domain.machine import Dated, Decision, Refusal, decide
from socrekry.domain.pipeline import Pipeline, Stage
from socrekry.services.acting import RefusedBy, Step
from socrekry.services.candidacies import Subject, circumstances, keep
from socrekry.services.imported import Defect, Row, column_key
from socrekry.services.imported_limits import with_room_on_the_way
from socrekry.services.noting import Words, recorded
from socrekry.services.writing import Writing

HISTORY = frozenset(("outcome", "closed_on", "reason", "by"))


class Visit(NamedTuple):
    """A stage of the pipeline, and the day on which the row says that it was entered."""

    stage: Stage
    on: date
    field: str | None


def stage_words(pipeline: Pipeline) -> dict[str, str]:
    """Return what a column may call each stage, by `column_key`, with the stage's name: names come first."""
    titles = {column_key(title): each.name for each in pipeline.stages for title in each.titles.values()}
    return titles | {column_key(each.name): each.name for each in pipeline.stages}


def visits_of(
    row: Row, pipeline: Pipeline, words: dict[str, str], today: date
) -> tuple[tuple[Visit, ...], tuple[Defect, ...]]:
    """Return the stages that a row gives a day for, in the pipeline's order, and what is wrong with them.

    The first stage may be left out: it was entered on the day of the next, or of the closing.
    """
    if not (row.stages or HISTORY & row.cells.keys()):
        return (), ()
    visits, defects = _named(row, pipeline, words)
    visits.sort(key=lambda visit: visit.stage.order)
    if visits and visits[0].stage != pipeline.initial:
        visits.insert(0, Visit(pipeline.initial, visits[0].on, None))
    elif not visits and row.closed_on is not None:
        visits.append(Visit(pipeline.initial, row.closed_on, None))
    defects += [
        row.defect(visit.field, "date-in-future", on=visit.on.isoformat())
        for visit in visits
        if visit.on > today and visit.field
    ]
    defects += _out_of_order(row, pipeline, visits)
    defects += _ends(row, visits, today)
    return tuple(visits), tuple(defects)


def _named(row: Row, pipeline: Pipeline, words: dict[str, str]) -> tuple[list[Visit], list[Defect]]:
    visits: dict[str, Visit] = {}
    defects = []
    for each in row.stages:
        name = words.get(each.stage)
        if name is None:
            stages = [stage.name for stage in pipeline.stages]
            defects.append(
                row.defect(
                    each.field, "stage-not-found", stage=each.stage, pipeline=pipeline.name, stages=stages
                )
            )
        elif name in visits:
            defects.append(row.defect(each.field, "stage-twice", stage=name))
        else:
            visits[name] = Visit(pipeline.stage(name), each.on, each.field)
    return list(visits.values()), defects


def _out_of_order(row: Row, pipeline: Pipeline, visits: list[Visit]) -> Iterator[Defect]:
    for before, after in pairwise(visits):
        if pipeline.transition(before.stage.name, after.stage.name) is None:
            ways = [each.target for each in pipeline.transitions_from(before.stage.name)]
            yield row.defect(
                after.field, "history-gap", before=before.stage.name, stage=after.stage.name, ways=ways
            )
        if after.on < before.on:
            last = before.on.isoformat()
            yield row.defect(
                after.field, "history-order", on=after.on.isoformat(), last=last, before=before.stage.name
            )


def _ends(row: Row, visits: list[Visit], today: date) -> Iterator[Defect]:
    """Yield what is wrong with how a row was closed: an outcome and its day belong together."""
    for field, other in (
        ("outcome", "closed_on"),
        ("closed_on", "outcome"),
        ("reason", "outcome"),
        ("by", "outcome"),
    ):
        if field in row.cells and other not in row.cells:
            yield row.defect(other, "value-missing-beside", beside=row.titles[field])
    if row.closed_on is None:
        return
    on = row.closed_on.isoformat()
    if row.closed_on > today:
        yield row.defect("closed_on", "date-in-future", on=on)
    if visits and row.closed_on < visits[-1].on:
        last = visits[-1]
        yield row.defect(
            "closed_on", "history-order", on=on, last=last.on.isoformat(), before=last.stage.name
        )
    if visits and visits[-1].stage.kind != "open" and row.outcome:
        yield row.defect("outcome", "history-ended", stage=visits[-1].stage.name)


def written(
    writing: Writing, subject: Subject, row: Row, visits: Iterable[Visit], staff: dict[str, int]
) -> Subject:
    """Write to a candidacy what a row tells beyond its first stage, in one go; return it as it is then.

    ``visits`` are those that are still to come; ``staff`` is who was assigned, by role. Raises RefusedBy.
    """
    store, today = writing.store, writing.occasion.today
    begun_on = subject.candidacy.last_move_on or today
    steps = tuple(steps_of(partial(writing.remark, subject.id), begun_on, row, tuple(visits), staff))
    if not steps:
        return subject
    around = circumstances(store, subject, today, staff=staff.values())
    roomy = with_room_on_the_way(around)
    state = subject.candidacy
    events: list[Dated] = []
    for step in steps:
        decision = decide(subject.pipeline, state, step.intent, step.on, roomy)
        if isinstance(decision, Refusal):
            raise RefusedBy(decision.verdicts)
        state = decision.after
        events += decision.events
    broken = limits_broken(subject.candidacy, state, around)
    if broken:
        raise RefusedBy(broken)
    return keep(writing, subject, Decision(tuple(events), state))


def steps_of(
    keep_words: Words, begun_on: date, row: Row, visits: tuple[Visit, ...], staff: dict[str, int]
) -> Iterator[Step]:
    """Yield what happened, in order: a fact comes before the move of its day, staff before it is needed.

    ``visits`` are those after ``begun_on``.
    """
    facts = sorted(row.facts, key=lambda fact: fact.on)
    waiting = [intents.Assign(role, number) for role, number in staff.items()]
    assigned_on = begun_on
    for visit in visits:
        while facts and facts[0].on <= visit.on:
            yield recorded(keep_words, facts.pop(0))
        if visit.stage.supervised:
            yield from (Step(each, visit.on) for each in waiting)
            waiting = []
        assigned_on = visit.on
        yield Step(intents.Advance(visit.stage.name, imported=True), visit.on)
    yield from (Step(each, assigned_on) for each in waiting)
    if row.outcome is not None and row.closed_on is not None:
        while facts and facts[0].on <= row.closed_on:
            yield recorded(keep_words, facts.pop(0))
        words = keep_words("reason", row.reason, row.closed_on)
        party = row.by or USUAL_PARTY.get(row.outcome)
        yield Step(intents.Close(row.outcome, party, words, imported=True), row.closed_on)
    yield from (recorded(keep_words, fact) for fact in facts)
