"""Figures over terms, as they look: one with bars, several as a table, and an overview with sparklines.

A term without a value is a dash in a table and a sign of its own in a sparkline, null in JSON and an empty
cell in CSV: never 0.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from socrekry.locale import _, pick
from socrekry.render.bars import BLOCKS, Signs, bar, sparkline
from socrekry.render.headings import about, aside, spelt
from socrekry.render.layout import GAP
from socrekry.render.parts import Column, Gap, Grid, Heading, Line, Page, Part, Rows
from socrekry.render.text import NOTHING, width
from socrekry.render.trend_words import briefly, title, written
from socrekry.reports.trend import Series, Trend
from socrekry.reports.trend_figures import SHARE

_LONGEST_BAR = 40
_SHORTEST_LINE = 8


def trend_page(trend: Trend, columns: int = 80, signs: Signs = BLOCKS) -> Page:
    """Return the answer to ``trend``, for a screen of so many columns that can show these signs."""
    series = [each for each in trend.series if trend.asked or _known(each)]
    parts: list[Part] = [_heading(trend), Gap()]
    gap = signs.gap
    if not series:
        parts.append(Line(_("There is nothing to show in {terms} yet.").format(terms=spelt(trend.terms))))
    elif len(series) == 1 and trend.asked:
        parts.append(_one(trend, series[0], columns, signs))
        gap = NOTHING
    else:
        parts += [_table(trend, series), Gap()] if trend.asked else []
        parts.append(_overview(trend, series, columns, signs))
    notes = list(_notes(trend, series, gap))
    parts += [Gap(), *notes] if notes else []
    return Page(parts, lambda: _json(trend), rows=_rows(trend))


def _heading(trend: Trend) -> Heading:
    name = pick(trend.pipeline.titles) if trend.pipeline else None
    return Heading(about(name, trend.unit, spelt(trend.terms)), aside(trend.as_of))


def _known(series: Series) -> list[int | float]:
    return [value for _term, value in series.values if value is not None]


def _one(trend: Trend, series: Series, columns: int, signs: Signs) -> Grid:
    """Return a row a term with its bar; a share's whole bar is 100 %."""
    figure, known = series.figure, _known(series)
    most = max(known, default=0)
    cells = [written(figure, value) for _term, value in series.values]
    name = title(figure, trend.pipeline)
    room = columns - 2 * GAP - max(width(_("Term")), 6) - max(map(width, (name, *cells)))
    longest = max(_SHORTEST_LINE, min(_LONGEST_BAR, room))
    rows = [
        (str(term), cell, bar(value, max(1, most) if figure.unit == SHARE else most, longest, signs))
        for (term, value), cell in zip(series.values, cells, strict=True)
    ]
    return Grid((Column(_("Term")), Column(name, "right"), Column("")), rows)


def _table(trend: Trend, series: Sequence[Series]) -> Grid:
    """Return a row a term with a column a figure."""
    titles = [title(each.figure, trend.pipeline) for each in series]
    rows = [
        (str(term), *(written(each.figure, each.values[n][1]) for each in series))
        for n, term in enumerate(trend.terms.terms)
    ]
    return Grid((Column(_("Term")), *(Column(each, "right") for each in titles)), rows)


def _overview(trend: Trend, series: Sequence[Series], columns: int, signs: Signs) -> Grid:
    """Return a row a figure: its first and last value, the line between, and its lowest and highest."""
    rows = [_row(trend, each) for each in series]
    heads = ("", _("First"), _("Last"), _("Low–high"))
    taken = sum(max(map(width, cells)) for cells in zip(heads, *rows, strict=True))
    shown = max(_SHORTEST_LINE, columns - taken - 4 * GAP)
    values = [[value for _term, value in each.values][-shown:] for each in series]
    lines = [sparkline(each, signs) for each in values]
    cut = trend.terms.terms[-shown:]
    head = f"{cut[0]}–{cut[-1]}" if len(cut) >= width(f"{cut[0]}–{cut[-1]}") else ""
    return Grid(
        (
            Column(heads[0], flexible=True),
            Column(heads[1], "right"),
            Column(heads[2], "right"),
            Column(head),
            Column(heads[3], "right"),
        ),
        [
            (name, first, last, line, span)
            for (name, first, last, span), line in zip(rows, lines, strict=True)
        ],
    )


def _row(trend: Trend, series: Series) -> tuple[str, str, str, str]:
    known = _known(series)
    unit, brief = briefly(series.figure, known)
    name = ", ".join(filter(None, (title(series.figure, trend.pipeline), unit)))
    if not known:
        return name, NOTHING, NOTHING, NOTHING
    first, last, least, most = map(brief, (known[0], known[-1], min(known), max(known)))
    return name, first, last, most if least == most else f"{least.removesuffix(' %')}–{most}"


def _notes(trend: Trend, series: Sequence[Series], gap: str) -> Iterator[Line]:
    if any(value is None for each in series for _term, value in each.values):
        yield Line(_("“{sign}” = the term has no such figure, or not yet.").format(sign=gap), "quiet")
    if trend.open:
        terms = ", ".join(map(str, trend.open))
        yield Line(_("Not over yet, so figures may change: {terms}").format(terms=terms), "quiet")
    if trend.others and trend.pipeline:
        others = ", ".join(f"--pipeline {name}" for name in trend.others)
        told = _("Seats and stages are those of {pipeline}. For others: {options}")
        yield Line(told.format(pipeline=trend.pipeline.name, options=others), "quiet")


def _json(trend: Trend) -> dict[str, Any]:
    return {
        "from": str(trend.terms.first),
        "to": str(trend.terms.last),
        "as_of": trend.as_of,
        "pipeline": trend.pipeline.name if trend.pipeline else None,
        "unit": trend.unit,
        "open": [str(term) for term in trend.open],
        "figures": [
            {
                "figure": each.figure.name,
                "title": title(each.figure, trend.pipeline),
                "unit": each.figure.unit,
                "values": [{"term": str(term), "value": value} for term, value in each.values],
            }
            for each in trend.series
        ],
    }


def _rows(trend: Trend) -> Rows:
    """Return a record a term, with a field a figure."""
    names = ("term", *(each.figure.name for each in trend.series))
    records = [
        (str(term), *(each.values[n][1] for each in trend.series)) for n, term in enumerate(trend.terms.terms)
    ]
    return Rows(names, records)
