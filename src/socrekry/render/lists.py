"""A list of candidacies."""

from collections.abc import Sequence
from typing import Any

from socrekry.locale import _, pick
from socrekry.render.parts import Column, Grid, Line, Page, Part, Rows
from socrekry.render.words import OUTCOMES, capital, word
from socrekry.reports.listing import Listed, Listing

_NAMES = (
    "id",
    "candidacy",
    "name",
    "state",
    "stage",
    "outcome",
    "pipeline",
    "term",
    "cohort",
    "unit",
    "university",
    "graduates",
    "channel",
    "since",
    "due_on",
    "paused_until",
    "closed_on",
    "stalled",
    "email",
    "phone",
)


def listing_page(listing: Listing, *, narrowed: bool) -> Page:
    """Return the page of a list; one that was cut says so, and one that filters ``narrowed`` to nothing."""
    parts: list[Part] = []
    if listing.rows:
        parts.append(_grid(listing.rows))
    shown, total = len(listing.rows), listing.total
    if shown < total:
        cut = _("{shown} of {total}; --limit N or --all shows more.").format(shown=shown, total=total)
        parts.append(Line(cut, "quiet"))
    if not total:
        empty = (
            _("Nobody fits these filters.")
            if narrowed
            else _("No candidates. Add one: socrekry add-candidate NAME")
        )
        parts.append(Line(empty))
    return Page(
        parts,
        lambda: [_json(each) for each in listing.rows],
        rows=Rows(_NAMES, [tuple(_json(each).values()) for each in listing.rows]),
        ids=[each.candidacy for each in listing.rows],
    )


def _grid(rows: Sequence[Listed]) -> Grid:
    several = len({(each.pipeline, each.term) for each in rows}) > 1
    columns = [
        Column(_("Id")),
        Column(_("Name"), flexible=True),
        Column(_("Stage")),
        Column(_("Since")),
        *([Column(_("Pipeline")), Column(_("Term"))] if several else []),
        *([Column(_("Unit"), flexible=True)] if any(each.unit for each in rows) else []),
        *([Column(_("Graduates"))] if any(each.graduates for each in rows) else []),
        Column("", style="warning"),
    ]
    cells = [
        (
            each.candidacy,
            each.name,
            pick(each.titles) if each.titles else each.stage,
            str(each.closed_on or each.since or ""),
            *((each.pipeline, str(each.term)) if several else ()),
            *((each.unit or "",) if any(row.unit for row in rows) else ()),
            *((str(each.graduates or ""),) if any(row.graduates for row in rows) else ()),
            _remark(each),
        )
        for each in rows
    ]
    return Grid(tuple(columns), cells)


def _remark(each: Listed) -> str:
    if each.state == "lost":
        return capital(word(OUTCOMES, each.outcome))
    if each.stalled:
        return _("stalled since {day}").format(day=each.due_on)
    if each.paused_until is not None:
        return _("paused until {day}").format(day=each.paused_until)
    return ""


def _json(each: Listed) -> dict[str, Any]:
    entry = each._asdict()
    return {
        name: str(entry[name]) if name in ("term", "graduates") and entry[name] else entry[name]
        for name in _NAMES
    }
