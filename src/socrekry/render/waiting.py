"""What waits, in groups: a heading, a line for each thing, and the command beside it."""

from collections.abc import Callable, Sequence
from typing import Any

from socrekry.locale import N_, _, ngettext, pick
from socrekry.render.parts import Column, Gap, Grid, Line, Page, Part
from socrekry.reports.waiting import (
    FOLLOW_UP,
    FREE_SEATS,
    KINDS,
    OVERDUE,
    PAUSE_ENDS,
    RESERVE,
    UNANSWERED,
    UNSUPERVISED,
    Waiting,
)

TITLES = {
    OVERDUE: N_("Have stayed longer than expected"),
    UNANSWERED: N_("Offers without an answer"),
    UNSUPERVISED: N_("Placements near, without a supervisor"),
    RESERVE: N_("A seat is free, and somebody waits for it"),
    FREE_SEATS: N_("Free seats"),
    PAUSE_ENDS: N_("Pauses that end"),
    FOLLOW_UP: N_("Still employed?"),
}


def waiting_page(waiting: Sequence[Waiting], most: int | None = None) -> Page:
    """Return the page of what waits, at most so many things of a kind; one that was cut says so."""
    parts: list[Part] = []
    for kind in KINDS:
        items = [each for each in waiting if each.kind == kind]
        if items:
            parts += [
                *([Gap()] if parts else []),
                Line(f"{_(TITLES[kind])} ({len(items)})", "strong"),
                _grid(items[:most]),
            ]
        if most is not None and len(items) > most:
            cut = _("{shown} of {total}; --all shows the others.").format(shown=most, total=len(items))
            parts.append(Line(cut, "quiet"))
        if items and kind == FOLLOW_UP:
            left = _("Who has left: {command}").format(command="socrekry record ID left=… --on …")
            parts.append(Line(left, "quiet"))
    if not waiting:
        parts.append(Line(_("Nothing waits for you today.")))
    return Page(
        parts, lambda: [_json(each) for each in waiting], ids=[e.id for e in waiting if e.id[:2] == "C-"]
    )


def _grid(items: Sequence[Waiting]) -> Grid:
    columns = (
        Column(""),
        Column("", flexible=True),
        Column("", flexible=True),
        Column("", style="quiet", flexible=True),
    )
    return Grid(columns, [(each.id, each.name, _what(each), each.command) for each in items])


def _what(each: Waiting) -> str:
    stage = pick(each.titles) if each.titles else each.stage
    said: dict[str, Callable[[], str]] = {
        OVERDUE: lambda: _("{stage}, expected until {day}").format(stage=stage, day=each.day),
        UNANSWERED: lambda: _("{stage} since {day}").format(stage=stage, day=each.day),
        UNSUPERVISED: lambda: _("{stage}; term from {day}").format(stage=stage, day=each.day),
        RESERVE: lambda: stage,
        FREE_SEATS: lambda: ngettext("{n} seat", "{n} seats", each.number or 0).format(n=each.number),
        PAUSE_ENDS: lambda: _("{stage}, paused until {day}").format(stage=stage, day=each.day),
        FOLLOW_UP: lambda: _("{n} months on {day}").format(n=each.number, day=each.day),
    }
    return said[each.kind]()


def _json(each: Waiting) -> dict[str, Any]:
    return {
        "kind": each.kind,
        "id": each.id,
        "name": each.name,
        "stage": each.stage,
        "day": each.day,
        "number": each.number,
        "message": _what(each),
        "command": each.command,
    }
