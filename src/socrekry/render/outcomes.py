"""What a command did to each candidacy: one entry for every id, refusals and errors included."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from socrekry.domain import events as e
from socrekry.domain.errors import SocrekryError
from socrekry.domain.events import Verdict
from socrekry.domain.ids import staff_id
from socrekry.locale import _, pick
from socrekry.render.parts import Column, Grid, Line, Page, Part, not_kept
from socrekry.render.verdicts import all_at_once, message, remedy, verdict_json
from socrekry.render.words import FACTS, OUTCOMES, ROLES, STATES, VALUES, guard_word, word
from socrekry.services.acting import Change, Outcome

if TYPE_CHECKING:
    from socrekry.render.messages import Described


def outcomes_page(outcomes: Sequence[Outcome], *, dry_run: bool = False) -> Page:
    """Return the page of a command's outcomes, in the order of its ids."""
    parts: list[Part] = []
    for outcome in outcomes:
        parts += _parts(outcome)
    parts += not_kept(dry_run)
    ids = [outcome.candidacy for outcome in outcomes if outcome.change and outcome.candidacy]
    return Page(parts, [outcome_json(outcome) for outcome in outcomes], ids=ids)


def outcome_json(outcome: Outcome) -> dict[str, Any]:
    """Return one outcome as the contract has it."""
    entry: dict[str, Any] = {"id": outcome.person or outcome.ref}
    if outcome.error is not None:
        described = _described(outcome.error)
        details = outcome.error.details | ({"remedy": described.remedy} if described.remedy else {})
        error = {"code": outcome.error.code, "message": described.message, "details": details}
        return entry | ({"candidacy": outcome.candidacy} if outcome.candidacy else {}) | {"error": error}
    entry["candidacy"] = outcome.candidacy
    if outcome.change is None:
        return entry | {"refused": [verdict_json(each, outcome.candidacy or "") for each in outcome.refused]}
    change = outcome.change
    return entry | {
        "from": change.from_stage,
        "to": change.to_stage,
        "state": change.state,
        "outcome": change.outcome,
        "occurred_on": change.occurred_on,
        "seq": change.seq,
        "events": [e.NAMES[type(event)] for event in change.events],
        "overridden": list(change.overridden),
        "next_in_line": change.next_in_line.id if change.next_in_line else None,
    }


def _parts(outcome: Outcome) -> Iterator[Part]:
    who = " ".join(each for each in (outcome.candidacy or outcome.ref, outcome.name) if each)
    if outcome.error is not None:
        described = _described(outcome.error)
        yield Line(f"{who}: {described.message}", "warning")
        if described.remedy:
            yield Line(f"  {described.remedy}", "quiet")
    elif outcome.change is None:
        yield Line(_("{who}: refused").format(who=who), "warning")
        yield from refused_parts(outcome.refused, outcome.candidacy or "")
    else:
        yield Line(f"{who}: {changed_in_words(outcome.change)}")
        yield from _hints(outcome.change)


def _described(error: SocrekryError) -> "Described":
    from socrekry.render.messages import describe  # the sentences of all errors, for the few that need one

    return describe(error)


def refused_parts(verdicts: Sequence[Verdict], label: str) -> Iterator[Part]:
    """Return a line for each verdict with its remedy below, and how those may be set aside that may."""
    for verdict in verdicts:
        yield Line(f"  ✗ {message(verdict)}")
        command = remedy(verdict, label)
        if command:
            yield Line(f"    {command}", "quiet")
    at_once = all_at_once(verdicts, label)
    if at_once:
        yield Line("  " + _("All at once:"))
        yield Line(f"    {at_once}", "quiet")
    overridable = [each for each in verdicts if each.overridable]
    if overridable and len(overridable) == len(verdicts):
        yield Line("  " + _("May be set aside with a reason: --override TEXT"), "quiet")


def _hints(change: Change) -> Iterator[Part]:
    if change.overridden:
        names = ", ".join(guard_word(each) for each in change.overridden)
        yield Line("  " + _("Set aside: {guards}").format(guards=names), "quiet")
    waiting = change.next_in_line
    if waiting is not None and waiting.id is None:
        yield Line("  " + _("A seat is free; first in line is somebody whom you may not see."))
    elif waiting is not None:
        hint = _("A seat is free; first in line: {who}").format(who=f"{waiting.id} {waiting.name}")
        yield Line(f"  {hint}")
        yield Line(f"    socrekry advance {waiting.id}", "quiet")


def changed_in_words(change: Change) -> str:
    """Return what happened, in a few words: ``Applied → Selected, 2026-11-20``."""
    on = f", {change.occurred_on}" if change.occurred_on else ""
    return _last_in_words(change) + on


def _last_in_words(change: Change) -> str:
    before, after = title(change, change.from_stage), title(change, change.to_stage)
    match change.events[-1] if change.events else None:
        case e.Closed():
            text = _("closed at {stage}: {outcome}").format(
                stage=after, outcome=word(OUTCOMES, change.outcome)
            )
        case e.Reopened():
            text = _("open again at {stage}").format(stage=after)
        case e.Paused(until=until):
            text = _("paused until {day}").format(day=until)
        case e.Resumed():
            text = _("taken up again")
        case e.Transferred():
            text = _("transferred")
        case e.Ranked(rank=rank):
            text = _("place on the waiting list: {rank}").format(rank=rank or "–")
        case e.Corrected(on=day):
            text = _("date corrected to {day}").format(day=day)
        case e.Undone():
            text = _undone_in_words(change, before, after)
        case e.Opened() | e.Moved() | None:
            text = f"{before} → {after}"
        case _:  # facts and assignments, of which there may be several
            text = "; ".join(_noted_in_words(event) for event in change.events)
    return text


def _noted_in_words(event: e.Event) -> str:
    match event:
        case e.FactRecorded():
            value = word(VALUES, event.value)
            what = ": ".join(part for part in (word(FACTS, event.fact), value) if part)
            return _("recorded {fact}").format(fact=what)
        case e.FactWithdrawn():
            return _("withdrawn: {fact}").format(fact=word(FACTS, event.fact))
        case e.Assigned():
            return _("{role}: {name}").format(role=word(ROLES, event.role), name=staff_id(event.staff))
        case e.Unassigned():
            return _("no longer {role}: {name}").format(
                role=word(ROLES, event.role), name=staff_id(event.staff)
            )
    return ""


def _undone_in_words(change: Change, before: str, after: str) -> str:
    if change.state == "void":
        return _("taken back; it was never begun")
    if (change.from_stage, change.from_state) == (change.to_stage, change.state):
        return _("taken back; stands at {stage}").format(stage=after)
    if change.from_state != change.state:
        return _("taken back; {state} at {stage}").format(state=word(STATES, change.state), stage=after)
    return _("taken back: {before} → {after}").format(before=before, after=after)


def title(change: Change, stage: str) -> str:
    """Return a stage's title in the reader's language."""
    return pick(change.titles[stage]) if stage in change.titles else "–"


def verdict_grid(verdicts: Sequence[Verdict], label: str) -> Grid:
    """Return the verdicts of one transition as a grid: met or not, what the guard saw, the remedy."""
    columns = (Column(""), Column("", flexible=True), Column("", style="quiet", flexible=True))
    rows = [("✓" if each.met else "✗", message(each), remedy(each, label) or "") for each in verdicts]
    return Grid(columns, rows)
