"""Channels as they look: a row a kind, or each kind with its activities, as much beside as the screen has
room for.

A figure that nobody knows and a ratio over nothing are dashes, 0 is 0. One line says whose credit is counted
and whose term, for the same visit has other figures under another rule.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple, TypeAlias

from socrekry.locale import N_, _, ngettext
from socrekry.render.headings import about, aside, of_cohorts, spelt
from socrekry.render.layout import GAP, measured
from socrekry.render.parts import Column, Gap, Grid, Heading, Line, Page, Rows
from socrekry.render.text import clean, count, kronor, width
from socrekry.render.words import CHANNELS, capital, word
from socrekry.reports.channel_figures import Channels, Figures, KindFigures, SourceFigures

Document: TypeAlias = dict[str, Any]


class _Figure(NamedTuple):
    """A column; a ``ratio`` has its unit in the title, and may leave it out of the cells."""

    title: str
    cell: Callable[[float | None], str]
    ratio: bool = False


def credit(number: float | None) -> str:
    """Return a count, or what is shared of one with two decimals."""
    if number is None or isinstance(number, int):
        return count(number)
    from socrekry.render.amounts import decimal  # only shared credits have decimals

    return decimal(f"{number:.2f}")


def _whole(number: float | None) -> str:
    return count(None if number is None else int(number))


def _money(number: float | None) -> str:
    return kronor(None if number is None else int(number))


_FIGURES = {
    "reached": _Figure(N_("People reached"), _whole),
    "leads": _Figure(N_("Leads"), credit),
    "applied": _Figure(N_("Applied"), credit),
    "qualified": _Figure(N_("Qualified"), credit),
    "graduating": _Figure(N_("Graduating"), credit),
    "hired": _Figure(N_("Hired"), credit),
    "cost": _Figure(N_("Cost"), _money),
    "cost_per_lead": _Figure(N_("SEK/lead"), _money, ratio=True),
    "cost_per_qualified": _Figure(N_("SEK/qualified"), _money, ratio=True),
    "cost_per_hire": _Figure(N_("SEK/hire"), _money, ratio=True),
}
_FIRST_TO_GO = ("graduating", "reached", "cost_per_lead", "cost_per_qualified")
_LAST_TO_GO = ("applied", "cost_per_hire")
# Cells that the name of an activity has before a figure of the first or the last to go is left out for it.
_FINE_NAME, _LEAST_NAME = 44, 28
_NOTES = {
    (False, False): N_("Channel = first contact, by the cohort’s term; cost as recorded so far."),
    (True, False): N_("Channel = all contacts share alike, by the cohort’s term; cost as recorded so far."),
    (False, True): N_("Channel = first contact, by the activity’s term; cost as recorded so far."),
    (True, True): N_("Channel = all contacts share alike, by the activity’s term; cost as recorded so far."),
}


def channels_page(channels: Channels, form: str, by: str, columns: int) -> Page:
    """Return the answer to ``channels`` by ``kind`` or ``activity``, for a screen of so many columns."""
    if form != "table":
        return Page((), lambda: document(channels), rows=rows(channels, by))
    if not channels.kinds:
        return Page([_heading(channels), Line(_nothing(channels))], None)
    grid = activity_grid(channels, columns) if by == "activity" else kind_grid(channels, columns)
    return Page(
        [_heading(channels), Gap(), grid, Gap(), *(Line(note, "quiet") for note in notes(channels))], None
    )


def kind_grid(channels: Channels, columns: int) -> Grid:
    """Return a row a kind and one for all, with the figures that so many columns have room for."""
    named = [(kind_name(each.kind), each.figures) for each in channels.kinds]
    if len(named) > 1:
        named.append((_("All"), channels.totals))
    return _grid(_("Channel"), named, columns)


def activity_grid(channels: Channels, columns: int) -> Grid:
    """Return each kind with its activities below it, the first one first, and a row for all."""
    named: list[tuple[str, Figures]] = []
    for kind in channels.kinds:
        named.append((kind_name(kind.kind), kind.figures))
        parts = [each for each in channels.sources if each.kind == kind.kind]
        if any(each.activity for each in parts):
            named += ((f"  {_source_name(each)}", each.figures) for each in parts)
    if len(channels.kinds) > 1:
        named.append((_("All"), channels.totals))
    grid = _grid(_("Activity"), named, columns, _FINE_NAME, _LEAST_NAME)
    room = columns - sum(GAP + cells for cells in measured(grid).widths[1:])
    return grid._replace(rows=[line for row in grid.rows for line in _broken(row, room)])


def _broken(row: Sequence[str], room: int) -> Iterator[Sequence[str]]:
    """Give a row, and further ones for what of its name the first has no room for."""
    name, *cells = row
    if width(name) <= room or room < _LEAST_NAME // 2:
        yield row
        return
    from textwrap import wrap  # a character counts as one cell; a terminal wraps what is wider still

    first, *rest = wrap(name.strip(), room, initial_indent="  ", subsequent_indent="    ")
    yield [first, *cells]
    yield from ([more, *("" for _ in cells)] for more in rest)


def notes(channels: Channels) -> list[str]:
    """Return whose credit and whose term is counted, and what the costs leave out."""
    said = [_(_NOTES[channels.shared, channels.by_activity_term])]
    unknown = channels.totals.cost_unknown
    if unknown:
        told = ngettext(
            "No cost is recorded for {n} activity.", "No cost is recorded for {n} activities.", unknown
        )
        said.append(told.format(n=count(unknown)))
    costly = {None, *(each.kind for each in channels.kinds if each.figures.cost is not None)}
    nowhere = sum(each.figures.leads for each in channels.sources if each.on is None and each.kind in costly)
    if nowhere:
        told = _("No activity is recorded for {leads} of the leads.")
        said.append(told.format(leads=credit(nowhere)))
    if unknown or nowhere:
        said.append(_("Where a part of the cost is unknown, what each cost is not said."))
    return said


def kind_name(kind: str | None) -> str:
    """Return what a kind is called at the beginning of a row."""
    return _("Unknown") if kind is None else capital(word(CHANNELS, kind))


def _source_name(source: SourceFigures) -> str:
    return _("no activity known") if source.on is None else clean(f"{source.on} {source.title}")


def _heading(channels: Channels) -> Heading:
    which = of_cohorts(channels.terms)
    if channels.by_activity_term:
        which = _("activities {terms}").format(terms=spelt(channels.terms))
    return Heading(about(_("Channels"), channels.pipeline, channels.unit, which), aside(channels.as_of))


def _nothing(channels: Channels) -> str:
    if channels.by_activity_term:
        return _("No activities. Add one: socrekry add-activity visit TITLE --on DATE")
    told = _("Neither candidates nor activities. Add what you do to meet them: {command}")
    return told.format(command="socrekry add-activity visit TITLE --on DATE")


def _grid(
    title: str, named: Sequence[tuple[str, Figures]], columns: int, fine: int = 80, least: int = 80
) -> Grid:
    """Return names and what has room beside them: figures go one by one, the least telling ones first.

    A name need not be shown in more than ``fine`` and, where little is left, ``least`` cells of one line.
    """
    shown = {name: _cells(name, named) for name in _FIGURES}
    longest = max((width(name) for name, _ in named), default=0)
    for gone in _FIRST_TO_GO:
        if _width(shown.values()) > columns - min(longest, fine):
            del shown[gone]
    room = columns - min(longest, least)
    if _width(shown.values()) > room:
        shown |= {name: _cells(name, named, bare=True) for name in shown if _FIGURES[name].ratio}
    for gone in _LAST_TO_GO:
        if _width(shown.values()) > room:
            del shown[gone]
    titles = [Column(cells[0], "right") for cells in shown.values()]
    names = [name for name, _ in named]
    rows = list(zip(names, *(cells[1:] for cells in shown.values()), strict=True))
    return Grid((Column(title, flexible=True), *titles), rows)


def _cells(name: str, named: Sequence[tuple[str, Figures]], *, bare: bool = False) -> list[str]:
    """Return a column, its title first; ``bare`` leaves the unit to the title."""
    figure = _FIGURES[name]
    cell = _whole if bare else figure.cell
    return [_(figure.title), *(cell(getattr(figures, name)) for _, figures in named)]


def _width(columns: Iterable[Sequence[str]]) -> int:
    return sum(GAP + max(map(width, column)) for column in columns)


def document(channels: Channels) -> Document:
    """Return everything as JSON."""
    return {
        "term": str(channels.terms),
        "as_of": channels.as_of,
        "pipeline": channels.pipeline,
        "unit": channels.unit,
        "attribution": "shared" if channels.shared else "first",
        "terms_of": "activities" if channels.by_activity_term else "cohorts",
        "channels": [_source(each) for each in channels.sources],
        "kinds": [{"kind": each.kind} | _figures(each.figures) for each in channels.kinds],
        "totals": _figures(channels.totals),
    }


def _source(source: SourceFigures) -> Document:
    return {**_whose(source), **_figures(source.figures)}


def _whose(source: SourceFigures) -> Document:
    return {
        "activity": source.activity,
        "kind": source.kind,
        "title": source.title,
        "on": source.on,
        "term": str(source.term) if source.term else None,
        "university": source.university,
    }


def _figures(figures: Figures) -> Document:
    unnamed = {"applicants": figures.unnamed_applicants, "qualified": figures.unnamed_qualified}
    counted = {name: getattr(figures, name) for name in _FIGURES}
    return counted | {"cost_unknown": figures.cost_unknown, "unnamed": unnamed}


def rows(channels: Channels, by: str) -> Rows:
    """Return a record a kind, or a record an activity."""
    figures = (*_FIGURES, "cost_unknown", "unnamed_applicants", "unnamed_qualified")

    def of(each: KindFigures | SourceFigures) -> tuple[Any, ...]:
        return tuple(getattr(each.figures, name) for name in figures)

    if by == "kind":
        return Rows(("kind", *figures), [(each.kind, *of(each)) for each in channels.kinds])
    whose = ("activity", "kind", "title", "on", "term", "university")
    return Rows((*whose, *figures), [(*_whose(each).values(), *of(each)) for each in channels.sources])
