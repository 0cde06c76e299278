"""Note something about a candidacy without moving it: facts, and who supervises."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple, TypeAlias

from socrekry.domain import intents
from socrekry.domain.errors import Conflict, InvalidInput
from socrekry.domain.facts import fact_kind, fact_value
from socrekry.domain.guards import ROLES
from socrekry.services.acting import Outcome, Step, act
from socrekry.services.candidacies import Subject, load
from socrekry.services.writing import Writing

Words: TypeAlias = Callable[[str, str | None, date], int | None]
"""Keep some words of a kind, said on a day, and return their number; None for no words."""


class NewFact(NamedTuple):
    """A fact as it is typed: ``FACT`` or ``FACT=VALUE``, the day, and who saw it."""

    name: str
    value: str | None
    on: date
    seen_by: str | None = None


def parse_fact(text: str, on: date, seen_by: str | None = None) -> NewFact:
    """Read ``FACT`` or ``FACT=VALUE``; NotFound and InvalidInput name what there is."""
    name, equals, value = text.partition("=")
    kind = fact_kind(name.strip())
    typed = value.strip() if equals else None
    fact_value(kind, typed)
    return NewFact(kind.name, typed, on, seen_by)


def record(
    writing: Writing, refs: Sequence[str], facts: Sequence[NewFact], *, all_or_nothing: bool = False
) -> tuple[Outcome, ...]:
    """Record facts about each candidacy, or about its person."""
    if not facts:
        raise InvalidInput("fact-missing")

    def plan(writing: Writing, subject: Subject) -> Iterator[Step]:
        for fact in facts:
            yield record_step(writing, subject, fact)

    return act(writing, refs, plan, all_or_nothing=all_or_nothing)


def record_step(writing: Writing, subject: Subject, fact: NewFact) -> Step:
    """Return the step that records a fact; its words are kept apart from the log."""
    return recorded(partial(writing.remark, subject.id), fact)


def recorded(keep: Words, fact: NewFact) -> Step:
    """Return the step that records a fact, by whoever keeps words and gives them a number."""
    kind = fact_kind(fact.name)
    value = fact_value(kind, fact.value)
    text = keep("fact", fact.value, fact.on) if kind.is_text else None
    seen_by = keep("seen-by", fact.seen_by, fact.on)
    return Step(intents.Record(kind.name, value, text, seen_by), fact.on)


def withdraw_fact(writing: Writing, ref: str, fact: str, on: date) -> tuple[Outcome, ...]:
    """Note that a fact does not stand; one about the person is withdrawn where it was recorded."""
    kind = fact_kind(fact)

    def plan(writing: Writing, subject: Subject) -> Iterator[Step]:
        if kind.about_person and subject.candidacy.fact(kind.name) is None:
            holder = writing.store.value("candidacy.fact_holder", person=subject.person, name=kind.name)
            if holder is not None:
                raise Conflict("fact-held-elsewhere", fact=kind.name, ref=load(writing.store, holder).label)
        yield Step(intents.WithdrawFact(kind.name), on)

    return act(writing, [ref], plan)


def assign(
    writing: Writing,
    refs: Sequence[str],
    on: date,
    *,
    supervisor: str | None = None,
    mentor: str | None = None,
    all_or_nothing: bool = False,
) -> tuple[Outcome, ...]:
    """Give each candidacy a supervisor, a mentor or both; the earlier one's assignment ends that day."""
    roles = {"supervisor": supervisor, "mentor": mentor}
    if not any(roles.values()):
        raise InvalidInput("assign-whom")

    def plan(writing: Writing, subject: Subject) -> Iterator[Step]:
        for role, ref in roles.items():
            if ref is not None:
                yield assign_step(writing, role, ref, on)

    return act(writing, refs, plan, all_or_nothing=all_or_nothing)


def assign_step(writing: Writing, role: str, ref: str, on: date) -> Step:
    """Return the step that assigns a member of staff; NotFound("staff-not-found")."""
    from socrekry.services.staffing import find_staff

    staff = find_staff(writing.store, ref).id
    return Step(intents.Assign(role, staff), on, staff=(staff,))


def unassign(
    writing: Writing, refs: Sequence[str], on: date, *, roles: Sequence[str], all_or_nothing: bool = False
) -> tuple[Outcome, ...]:
    """Leave each candidacy without a supervisor, a mentor or both."""

    def plan(writing: Writing, subject: Subject) -> Iterator[Step]:
        held = [role for role in roles or ROLES if roles or subject.candidacy.assigned(role) is not None]
        for role in held or ROLES[:1]:
            yield Step(intents.Unassign(role), on)

    return act(writing, refs, plan, all_or_nothing=all_or_nothing)
