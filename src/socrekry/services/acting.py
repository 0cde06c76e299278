"""Do something with one candidacy or many: each in a transaction of its own, unless all or nothing.

A refusal does not stop the others. The head of the log is read before the transaction and compared
inside it, so that of two people who act on the same candidacy one wins and the other is told.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from socrekry.domain.errors import Conflict, Refused, SocrekryError
from socrekry.domain.events import Event, Moved, Verdict
from socrekry.domain.ids import candidate_id
from socrekry.domain.intents import Intent
from socrekry.domain.machine import Refusal, decide
from socrekry.services.candidacies import Subject, circumstances, keep, load
from socrekry.services.finding import Found, find_candidacy
from socrekry.services.persisting import persistently
from socrekry.services.waiting_lines import Waiting, freed_for
from socrekry.services.writing import Writing
from socrekry.store.connect import Store
from socrekry.store.failures import ConnectionLost


class Change(NamedTuple):
    """What a command did to a candidacy: the stage and state before and after, and the events it made.

    ``next_in_line`` is who waits first for a seat that this set free. ``overridden`` are the guards that were
    set aside.
    """

    from_stage: str
    to_stage: str
    from_state: str
    state: str
    outcome: str | None
    occurred_on: date | None
    seq: int
    events: tuple[Event, ...]
    titles: dict[str, dict[str, str]]
    next_in_line: Waiting | None = None
    overridden: tuple[str, ...] = ()


class Outcome(NamedTuple):
    """One id's answer: a change, the verdicts that refuse it, or an error."""

    ref: str
    person: str | None = None
    candidacy: str | None = None
    name: str | None = None
    change: Change | None = None
    refused: tuple[Verdict, ...] = ()
    error: SocrekryError | None = None

    @property
    def done(self) -> bool:
        """Whether it was done."""
        return self.change is not None


class Step(NamedTuple):
    """One intent of a plan: its day, and the cohort and staff whose limits it may touch."""

    intent: Intent
    on: date
    cohort: int | None = None
    staff: tuple[int, ...] = ()


Plan = Callable[[Writing, Subject], Iterable[Step]]


class RefusedBy(Exception):
    """Ends a transaction of which nothing is kept; carries every verdict that stands in the way."""

    def __init__(self, verdicts: tuple[Verdict, ...]) -> None:
        super().__init__()
        self.verdicts = verdicts


def act(
    writing: Writing,
    refs: Sequence[str],
    plan: Plan,
    *,
    all_or_nothing: bool = False,
    from_stage: str | None = None,
) -> tuple[Outcome, ...]:
    """Carry out a plan on each candidacy that ``refs`` name; return one outcome each, in that order."""
    if all_or_nothing:
        return _all_or_none(writing, refs, plan, from_stage)
    with writing.rehearsal():
        return tuple(_while_connected(refs, lambda ref: _one(writing, ref, plan, from_stage)))


def act_on(
    writing: Writing, candidacies: Iterable[Found], plan: Plan, *, all_or_nothing: bool = False
) -> tuple[Outcome, ...]:
    """Carry out a plan on candidacies that were looked up already, each in its own transaction."""
    known = {each.label: each for each in candidacies}
    if all_or_nothing:
        return _all_or_none(writing, list(known), plan, None, known)
    with writing.rehearsal():
        return tuple(_while_connected(known, lambda ref: _one(writing, ref, plan, None, known[ref])))


def _while_connected(refs: Iterable[str], act: Callable[[str], Outcome]) -> Iterator[Outcome]:
    """Give an outcome for each; once nobody has answered for one, the others are not tried one by one."""
    gone: ConnectionLost | None = None
    for ref in refs:
        outcome = act(ref) if gone is None else Outcome(ref, error=gone)
        if gone is None and isinstance(outcome.error, ConnectionLost):
            gone = ConnectionLost(**outcome.error.details)
        yield outcome


def _all_or_none(
    writing: Writing,
    refs: Sequence[str],
    plan: Plan,
    from_stage: str | None,
    known: Mapping[str, Found] | None = None,
) -> tuple[Outcome, ...]:
    found = [known[ref] if known else _looked_up(writing.store, ref) for ref in refs]
    outcomes: tuple[Outcome, ...] = ()
    try:
        with writing.transaction():
            pairs = zip(refs, found, strict=True)
            outcomes = tuple(_one(writing, ref, plan, from_stage, each) for ref, each in pairs)
            if not all(each.done for each in outcomes):
                raise RefusedBy(())
    except RefusedBy:
        undone = Refused("rolled-back")
        return tuple(each._replace(change=None, error=undone) if each.done else each for each in outcomes)
    return outcomes


def _looked_up(store: Store, ref: str) -> Found | SocrekryError:
    try:
        return persistently(store, lambda: find_candidacy(store, ref))
    except SocrekryError as error:
        return error


def _one(
    writing: Writing,
    ref: str,
    plan: Plan,
    from_stage: str | None,
    known: Found | SocrekryError | None = None,
) -> Outcome:
    """One ref in a transaction of its own, rolled back unless it was done."""
    found = known or _looked_up(writing.store, ref)
    if isinstance(found, SocrekryError):
        return Outcome(ref, error=found)
    outcome = Outcome(ref, candidate_id(found.person), found.label, found.name)

    def attempt() -> Change:
        with writing.transaction(alone=False):
            writing.store.hold("person", (found.person,))
            subject = load(writing.store, found.id, found.label)
            _require_unchanged(writing, found, subject, from_stage)
            return changed(writing, subject, plan)

    try:
        return outcome._replace(change=persistently(writing.store, attempt))
    except RefusedBy as refused:
        return outcome._replace(refused=refused.verdicts)
    except Conflict as conflict:
        return outcome._replace(error=_told_who(writing.store, conflict))
    except SocrekryError as error:
        return outcome._replace(error=error)


def _told_who(store: Store, conflict: Conflict) -> Conflict:
    from socrekry.services.overtaking import told_who  # whoever comes first does without

    return told_who(store, conflict)


def _require_unchanged(writing: Writing, found: Found, subject: Subject, from_stage: str | None) -> None:
    """An id that is named twice was changed by this command itself, which is nobody else."""
    stage, since = subject.candidacy.stage, subject.candidacy.entries[found.head :]
    if not all(writing.wrote(entry.command) for entry in since):
        raise Conflict(
            "head-changed", ref=subject.label, expected=found.head, found=subject.head[0], stage=stage
        )
    if from_stage is not None and stage != subject.pipeline.stage(from_stage).name:
        raise Conflict("stage-differs", ref=subject.label, expected=from_stage, stage=stage)


def changed(writing: Writing, subject: Subject, plan: Plan) -> Change:
    """Carry out a plan on a loaded candidacy, inside a transaction; return what it did. RefusedBy."""
    before = subject
    made: list[tuple[date | None, Event]] = []
    for step in plan(writing, subject):
        around = circumstances(
            writing.store, subject, writing.occasion.today, cohort=step.cohort, staff=step.staff
        )
        decision = decide(subject.pipeline, subject.candidacy, step.intent, step.on, around)
        if isinstance(decision, Refusal):
            raise RefusedBy(decision.verdicts)
        subject = keep(writing, subject, decision)
        made += decision.events
    return _change(writing, before, subject, made)


def _change(
    writing: Writing, before: Subject, after: Subject, made: list[tuple[date | None, Event]]
) -> Change:
    events = [event for _on, event in made]
    titles = {stage.name: stage.titles for stage in after.pipeline.stages}
    overridden = [
        verdict.guard
        for event in events
        if isinstance(event, Moved)
        for verdict in event.verdicts
        if verdict.overridden
    ]
    return Change(
        before.candidacy.stage,
        after.candidacy.stage,
        before.candidacy.state,
        after.candidacy.state,
        after.candidacy.outcome,
        made[-1][0] if made else None,
        after.candidacy.head,
        tuple(events),
        {name: titles[name] for name in {before.candidacy.stage, after.candidacy.stage} if name},
        freed_for(writing.store, before, after),
        tuple(overridden),
    )
