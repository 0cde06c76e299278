"""Move a candidacy: advance, put on the waiting list, close, open again, rest, transfer, mend a day."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from socrekry.domain import intents
from socrekry.domain.errors import Ambiguous, InvalidInput, NotFound
from socrekry.domain.events import Moved
from socrekry.domain.intents import OUTCOMES, PARTIES, PAUSE_REASONS, USUAL_PARTY
from socrekry.domain.term import Term
from socrekry.services.acting import Outcome, Plan, Step, act
from socrekry.services.candidacies import Subject
from socrekry.services.noting import NewFact, assign_step, record_step
from socrekry.services.writing import Writing
from socrekry.store import log


class Along(NamedTuple):
    """What goes along with an advance, in the same transaction."""

    facts: tuple[NewFact, ...] = ()
    supervisor: str | None = None
    mentor: str | None = None
    reason: str | None = None
    override: str | None = None


def advance(
    writing: Writing,
    refs: Sequence[str],
    on: date,
    *,
    to: str | None = None,
    from_stage: str | None = None,
    along: Along = Along(),  # noqa: B008  # an immutable value
    all_or_nothing: bool = False,
) -> tuple[Outcome, ...]:
    """Move each candidacy to a stage, or to the next on its main path; facts and staff come first."""

    def plan(writing: Writing, subject: Subject) -> Iterator[Step]:
        for fact in along.facts:
            yield record_step(writing, subject, fact)
        for role, ref in (("supervisor", along.supervisor), ("mentor", along.mentor)):
            if ref is not None:
                yield assign_step(writing, role, ref, on)
        reason = writing.remark(subject.id, "reason", along.reason, on)
        override = writing.remark(subject.id, "override", along.override, on)
        yield Step(intents.Advance(to, reason, override), on)
        if override is not None and not _was_set_aside(writing, subject, override):
            writing.store.write("editing.drop_remark", id=override)

    return act(writing, refs, plan, all_or_nothing=all_or_nothing, from_stage=from_stage)


def _was_set_aside(writing: Writing, subject: Subject, override: int) -> bool:
    """Say whether the move that was just made needed the override: words that say nothing are not kept."""
    moved = log.read(writing.store, subject.id)[-1].event
    return isinstance(moved, Moved) and moved.override == override


def reserve(
    writing: Writing,
    refs: Sequence[str],
    on: date,
    *,
    rank: int | None = None,
    reason: str | None = None,
    all_or_nothing: bool = False,
) -> tuple[Outcome, ...]:
    """Put each candidacy on the waiting list, or set its place there (1 is first in line)."""
    if rank is not None and rank < 1:
        raise InvalidInput("rank-invalid", rank=rank)

    def plan(writing: Writing, subject: Subject) -> Iterator[Step]:
        yield Step(intents.Reserve(rank, writing.remark(subject.id, "reason", reason, on)), on)

    return act(writing, refs, plan, all_or_nothing=all_or_nothing)


def close(
    writing: Writing,
    refs: Sequence[str],
    on: date,
    *,
    outcome: str,
    reason: str | None = None,
    by: str | None = None,
    all_or_nothing: bool = False,
) -> tuple[Outcome, ...]:
    """End each candidacy without a hire, with one of `OUTCOMES`; its seat, if any, falls free."""
    if outcome not in OUTCOMES:
        raise InvalidInput("outcome-invalid", outcome=outcome, outcomes=list(OUTCOMES))
    if by is not None and by not in PARTIES:
        raise InvalidInput("party-invalid", party=by, parties=list(PARTIES))

    def plan(writing: Writing, subject: Subject) -> Iterator[Step]:
        words = writing.remark(subject.id, "reason", reason, on)
        yield Step(intents.Close(outcome, by or USUAL_PARTY.get(outcome), words), on)

    return act(writing, refs, plan, all_or_nothing=all_or_nothing)


def reopen(
    writing: Writing, refs: Sequence[str], on: date, *, all_or_nothing: bool = False
) -> tuple[Outcome, ...]:
    """Take up each closed candidacy again at the stage where it was closed."""
    return act(writing, refs, _always(Step(intents.Reopen(), on)), all_or_nothing=all_or_nothing)


def pause(
    writing: Writing,
    refs: Sequence[str],
    on: date,
    *,
    until: date,
    reason: str,
    all_or_nothing: bool = False,
) -> tuple[Outcome, ...]:
    """Let each candidacy rest until a day (exclusive); those days are left out of stay times."""
    if reason not in PAUSE_REASONS:
        raise InvalidInput("pause-reason-invalid", reason=reason, reasons=list(PAUSE_REASONS))
    return act(writing, refs, _always(Step(intents.Pause(until, reason), on)), all_or_nothing=all_or_nothing)


def resume(
    writing: Writing, refs: Sequence[str], on: date, *, all_or_nothing: bool = False
) -> tuple[Outcome, ...]:
    """End the rest of each candidacy."""
    return act(writing, refs, _always(Step(intents.Resume(), on)), all_or_nothing=all_or_nothing)


def correct(writing: Writing, refs: Sequence[str], on: date, *, stage: str) -> tuple[Outcome, ...]:
    """Mend the day on which each candidacy came to a stage."""
    return act(writing, refs, _always(Step(intents.Correct(stage), on)))


class Destination(NamedTuple):
    """Where a transfer goes: what is None stays as it is. ``cohort`` is an id (``K-1``) or a name."""

    term: Term | None = None
    unit: str | None = None
    cohort: str | None = None


def transfer(
    writing: Writing,
    refs: Sequence[str],
    on: date,
    *,
    to: Destination,
    all_or_nothing: bool = False,
) -> tuple[Outcome, ...]:
    """Put each candidacy in another cohort or unit of its pipeline; its seat goes with it."""
    if to == Destination():
        raise InvalidInput("transfer-where")

    def plan(writing: Writing, subject: Subject) -> Iterator[Step]:
        cohort, unit = _destination(writing, subject, to)
        yield Step(intents.Transfer(cohort, unit), on, cohort=cohort)

    return act(writing, refs, plan, all_or_nothing=all_or_nothing)


def _destination(writing: Writing, subject: Subject, to: Destination) -> tuple[int, int | None]:
    """Return the cohort and the unit that a transfer leads to.

    A cohort of the unit is preferred, and one without a unit of its own takes any; where several are
    left, the one that it is in already, or that is of the same unit. NotFound or Ambiguous otherwise.
    """
    from socrekry.services.cohorts import find_cohort, fitting_cohorts, is_cohort_id
    from socrekry.services.units import find_unit

    store, here = writing.store, subject.candidacy
    unit = find_unit(store, to.unit).id if to.unit is not None else None
    term, pipeline = to.term or subject.term, subject.pipeline.name
    if is_cohort_id(to.cohort):
        found = tuple(each for each in (find_cohort(store, to.cohort),) if each.pipeline == pipeline)
    else:
        found = fitting_cohorts(store, None, term, pipeline, to.unit, to.cohort)
    for preferred in (
        [each for each in found if each.id == here.cohort],
        [each for each in found if each.unit_id == here.unit],
    ):
        if len(found) > 1 and preferred:
            found = tuple(preferred)
    if not found:
        raise NotFound("cohort-not-opened", pipeline=pipeline, term=str(term))
    if len(found) > 1:
        raise Ambiguous("cohorts-several", pipeline=pipeline, cohorts=[each.title for each in found])
    return found[0].id, unit if unit is not None else found[0].unit_id or here.unit


def _always(*steps: Step) -> Plan:
    def plan(_writing: Writing, _subject: Subject) -> Iterable[Step]:
        return steps

    return plan
