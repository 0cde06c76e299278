"""What has happened to a candidacy, line by line, with who did it; what was undone is shown as such."""

from collections.abc import Callable, Iterable
from typing import Any

from socrekry.domain import events as e
from socrekry.domain.ids import staff_id
from socrekry.locale import _, pick
from socrekry.render.parts import Column, Grid, Heading, Line, Page, Part
from socrekry.render.words import (
    FACTS,
    OUTCOMES,
    PARTIES,
    PAUSE_REASONS,
    ROLES,
    VALUES,
    capital,
    guard_word,
    word,
)
from socrekry.services.looking import Happening, History
from socrekry.services.undoing import MERGE


def history_page(history: History) -> Page:
    """Return the page of a candidacy's log and notes, in the order they were recorded."""
    lines = [(each.recorded_at, _row(history, each)) for each in history.happenings]
    lines += [
        (
            note.recorded_at,
            (note.on or note.recorded_at[:10], _("Note: {text}").format(text=note.text), note.actor),
        )
        for note in history.notes
    ]
    columns = (Column(_("Date")), Column(_("What"), flexible=True), Column(_("By"), style="quiet"))
    rows = [row for _at, row in sorted(lines, key=lambda line: line[0])]
    title = f"{history.subject.label} {history.subject.name}"
    parts: list[Part] = [Heading(title, pick(history.pipeline.titles)), Grid(columns, rows)]
    if any(_is_imported(each) for each in history.happenings):
        parts.append(Line(_("Imported history: its order was checked, its guards were not."), "quiet"))
    return Page(parts, lambda: [_json(each) for each in history.happenings])


def since_lines(history: History, since: Iterable[Happening]) -> list[str]:
    """Return a line for each of some happenings: who, what, on which day, by which command and when."""
    told = _("{actor}: {what}, {on} ({command}, {at})")
    return [
        told.format(
            actor=each.actor,
            what=_in_words(history, each),
            on=each.occurred_on or each.recorded_at[:10],
            command=each.command,
            at=each.recorded_at[:16].replace("T", " "),
        )
        for each in since
    ]


def _is_imported(each: Happening) -> bool:
    return bool(getattr(each.event, "imported", False))


def _row(history: History, each: Happening) -> tuple[str, str, str]:
    what = capital(_in_words(history, each))
    if _is_imported(each):
        what = _("{what} (imported)").format(what=what)
    if each.undone_by is not None:
        what = _("{what} – taken back").format(what=what)
    return str(each.occurred_on or each.recorded_at[:10]), what, each.actor


def _in_words(history: History, each: Happening) -> str:
    return _WORDS[type(each.event)](history, each, each.event)


def _title(history: History, stage: str) -> str:
    return pick(history.pipeline.stage(stage).titles)


def _opened(history: History, each: Happening, event: e.Opened) -> str:
    cohort = history.cohorts.get(event.cohort, "")
    return _("begun at {stage}, {cohort}").format(stage=_title(history, event.stage), cohort=cohort)


def _closed(history: History, each: Happening, event: e.Closed) -> str:
    words = [word(OUTCOMES, event.outcome), word(PARTIES, event.by), each.texts.get(event.reason or 0, "")]
    shown = ", ".join(part for part in words if part)
    return _("closed at {stage}: {outcome}").format(stage=_title(history, event.stage), outcome=shown)


def _reopened(history: History, each: Happening, event: e.Reopened) -> str:
    return _("open again at {stage}").format(stage=_title(history, event.stage))


def _withdrawn(history: History, each: Happening, event: e.FactWithdrawn) -> str:
    return _("withdrawn: {fact}").format(fact=word(FACTS, event.fact))


def _assigned(history: History, each: Happening, event: e.Assigned | e.Unassigned) -> str:
    name = history.staff.get(event.staff, staff_id(event.staff))
    text = _("{role}: {name}") if isinstance(event, e.Assigned) else _("no longer {role}: {name}")
    return text.format(role=word(ROLES, event.role), name=name)


def _paused(history: History, each: Happening, event: e.Paused) -> str:
    reason = word(PAUSE_REASONS, event.reason)
    return _("paused until {day} ({reason})").format(day=event.until, reason=reason)


def _resumed(history: History, each: Happening, event: e.Resumed) -> str:
    return _("taken up again")


def _transferred(history: History, each: Happening, event: e.Transferred) -> str:
    return _("transferred to {cohort}").format(cohort=history.cohorts.get(event.cohort, ""))


def _ranked(history: History, each: Happening, event: e.Ranked) -> str:
    return _("place on the waiting list: {rank}").format(rank=event.rank or "–")


def _undone(history: History, each: Happening, event: e.Undone) -> str:
    if each.command == MERGE:
        return _("set aside: the same as another in this cohort")
    return _("took back: {events}").format(events="; ".join(_named(history, seq) for seq in event.seqs))


def _corrected(history: History, each: Happening, event: e.Corrected) -> str:
    return _("the date of “{event}” is {day}").format(event=_named(history, event.target), day=event.on)


def _named(history: History, seq: int) -> str:
    """Return an event in words where another speaks of it; the lines have no numbers to refer to."""
    each = next(each for each in history.happenings if each.seq == seq)
    return _step(history, each.event) if isinstance(each.event, e.Moved) else _in_words(history, each)


def _step(history: History, event: e.Moved) -> str:
    return f"{_title(history, event.source)} → {_title(history, event.target)}"


def _moved(history: History, each: Happening, event: e.Moved) -> str:
    text = _step(history, event)
    reason = each.texts.get(event.reason or 0)
    if reason:
        text = f"{text}: {reason}"
    overridden = [guard_word(verdict.guard) for verdict in event.verdicts if verdict.overridden]
    if overridden:
        why = each.texts.get(event.override or 0, "")
        text += " – " + _("set aside {guards}: {why}").format(guards=", ".join(overridden), why=why)
    return text


def _recorded(history: History, each: Happening, event: e.FactRecorded) -> str:
    value = each.texts.get(event.text or 0) or word(VALUES, event.value)
    text = ": ".join(part for part in (word(FACTS, event.fact), value) if part)
    seen_by = each.texts.get(event.seen_by or 0)
    if not seen_by:
        return text
    return ", ".join((text, _("seen by {name}").format(name=seen_by)))


_WORDS: dict[type, Callable[[History, Happening, Any], str]] = {
    e.Opened: _opened,
    e.Moved: _moved,
    e.Closed: _closed,
    e.Reopened: _reopened,
    e.FactRecorded: _recorded,
    e.FactWithdrawn: _withdrawn,
    e.Assigned: _assigned,
    e.Unassigned: _assigned,
    e.Paused: _paused,
    e.Resumed: _resumed,
    e.Transferred: _transferred,
    e.Ranked: _ranked,
    e.Undone: _undone,
    e.Corrected: _corrected,
}


def _json(each: Happening) -> dict[str, Any]:
    body = e.to_body(each.event)
    for name in ("reason", "override", "text", "seen_by"):
        if name in body:
            body[name] = each.texts.get(body[name])
    return {
        "seq": each.seq,
        "event": e.NAMES[type(each.event)],
        "occurred_on": each.occurred_on,
        "recorded_at": each.recorded_at,
        "actor": each.actor,
        "command": each.command,
        "undone_by": each.undone_by,
        **body,
    }
