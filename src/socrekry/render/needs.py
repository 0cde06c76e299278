"""Needs as they look: a row a unit and term, with contracts and candidates beside it, and the forecast.

The forecast stands where a term's units are added up, or with the unit that alone was asked about.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple, TypeAlias

from socrekry.domain.term import Term
from socrekry.locale import _, ngettext
from socrekry.render.amounts import replaced
from socrekry.render.headings import aside
from socrekry.render.parts import Column, Gap, Grid, Heading, Line, Page, Part, Rows, not_kept
from socrekry.render.text import NOTHING, count
from socrekry.reports.needs import Needs, TermNeed, UnitNeed
from socrekry.services.needs import RecordedNeed

_NAMES = ("unit", "term", "positions", "signed", "open", "gap")


class Expected(NamedTuple):
    """How many are expected to start in a term, and the bounds of the 80 % interval."""

    hires: float
    low: int
    high: int


ExpectedByTerm: TypeAlias = Mapping[Term, Expected]


def need_page(need: RecordedNeed, *, dry_run: bool = False) -> Page:
    """Return the answer to recording a need."""
    told = ngettext(
        "{unit} needs {n} position in {term}.", "{unit} needs {n} positions in {term}.", need.positions
    ).format(unit=need.unit, n=count(need.positions), term=need.term)
    answer = need._asdict() | {"term": str(need.term)}
    return Page([Line(f"{told}{replaced(need.before, need.positions, count)}"), *not_kept(dry_run)], answer)


def needs_page(needs: Needs, expected: ExpectedByTerm | None = None) -> Page:
    """Return the page of the needs, unit by unit."""
    rows = Rows(_NAMES, [tuple(record[name] for name in _NAMES) for record in needs_json(needs)])
    if not needs.terms:
        told = _("No need is recorded for these terms. Record one: socrekry add-need UNIT TERM POSITIONS")
        return Page([Line(told)], [], rows=rows)
    parts: list[Part] = [
        Heading(_("Needs"), aside(needs.as_of)),
        Gap(),
        _grid(needs, expected),
        Gap(),
        Line(_("Signed = contracts for work that begins in the term. Open = who could begin then."), "quiet"),
    ]
    if expected is not None:
        told = _("Forecast = how many are expected to begin, and the interval that holds 80 times of 100.")
        parts.append(Line(told, "quiet"))
    return Page(parts, needs_json(needs, expected), rows=rows)


def needs_parts(needs: Needs, expected: ExpectedByTerm | None = None) -> list[Part]:
    """Return the needs as a report has them: a line a term, all units together.

    The forecast stands beside them unless every term is over.
    """
    if not needs.terms:
        return []
    if expected is not None and not any(each.term in expected for each in needs.terms):
        expected = None
    rows = [
        (
            _("Need {term}").format(term=each.term),
            _positions(each.all.positions),
            *([_("Forecast {n}").format(n=_in_words(expected, each.term))] if expected is not None else []),
            _("Contracts {n}").format(n=count(each.all.signed)),
        )
        for each in needs.terms
    ]
    return [Grid(tuple(Column("") for _cell in rows[0]), rows)]


def needs_json(needs: Needs, expected: ExpectedByTerm | None = None) -> list[dict[str, Any]]:
    """Return a record a unit and term; with a forecast, that of the whole term in each."""
    beside = (
        {} if expected is None else {each.term: _expected_json(expected, each.term) for each in needs.terms}
    )
    return [
        {
            "unit": each.unit,
            "term": str(term.term),
            "positions": each.positions,
            "signed": each.signed,
            "open": each.open,
            "gap": each.gap,
        }
        | ({"term_forecast": beside[term.term]} if beside else {})
        for term in needs.terms
        for each in term.units
    ]


def _expected_json(expected: ExpectedByTerm, term: Term) -> dict[str, Any] | None:
    """Return the forecast of a term, None for one that is over or lies too far ahead."""
    found = expected.get(term)
    return {"expected": round(found.hires, 4), "low": found.low, "high": found.high} if found else None


def _grid(needs: Needs, expected: ExpectedByTerm | None) -> Grid:
    columns = (
        Column(_("Term")),
        Column(_("Unit"), flexible=True),
        Column(_("Needed"), "right"),
        Column(_("Signed"), "right"),
        Column(_("Open"), "right"),
        Column(_("Gap"), "right"),
        *([Column(_("Forecast"), "right")] if expected is not None else []),
    )
    return Grid(columns, [row for term in needs.terms for row in _rows(term, expected)])


def _rows(term: TermNeed, expected: ExpectedByTerm | None) -> list[list[str]]:
    rows = [_row(each, each.unit or _("no unit")) for each in term.units]
    if len(rows) > 1 and not term.alone:
        rows.append(_row(term.all, _("in all")))
    if expected is not None:
        rows = [[*row, ""] for row in rows]
        rows[0 if term.alone else -1][-1] = _in_brackets(expected, term.term)
    return [[str(term.term) if n == 0 else "", *row] for n, row in enumerate(rows)]


def _row(need: UnitNeed, title: str) -> list[str]:
    numbers = map(count, (need.positions, need.signed, need.open, need.gap))
    return [title, *(number.replace("-", "−") for number in numbers)]


def _positions(number: int | None) -> str:
    return ngettext("{n} position", "{n} positions", number or 0).format(n=count(number))


def _whole(number: float) -> str:
    return count(int(number + 0.5))


def _in_brackets(expected: ExpectedByTerm, term: Term) -> str:
    found = expected.get(term)
    return f"{_whole(found.hires)} ({found.low}–{found.high})" if found else NOTHING


def _in_words(expected: ExpectedByTerm, term: Term) -> str:
    found = expected.get(term)
    return f"{_whole(found.hires)} (80 %: {found.low}–{found.high})" if found else NOTHING
