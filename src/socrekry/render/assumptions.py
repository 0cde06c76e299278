"""Assumptions as they look: the value in its unit, what it means, and where it comes from.

Wherever a result rests on them they are shown beside it, so that nobody takes an estimate for knowledge.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from socrekry.domain.assumptions import Assumed, plain
from socrekry.locale import N_, _
from socrekry.render.amounts import decimal, replaced
from socrekry.render.parts import Column, Gap, Grid, Line, Page, Part, Rows, not_kept
from socrekry.render.words import word
from socrekry.services.assumptions import RecordedAssumption

MEANINGS = {
    "agency-factor-low": N_("agency staff cost at least so many times as much as own staff"),
    "agency-factor-high": N_("agency staff cost at most so many times as much as own staff"),
    "own-staff-year": N_("own staff, full time, with employer’s contributions"),
    "trainee-year": N_("a trainee, if it were full time, with employer’s contributions"),
    "trainee-percent": N_("how much of full time a trainee works"),
    "trainee-terms": N_("how long a trainee post lasts"),
    "supervision-hours": N_("a supervisor’s time for each trainee"),
}
_UNITS: dict[str, str] = {
    "times": N_("{n} times"),
    "percent": "{n} %",
    "terms": N_("{n} terms"),
    "hours-a-week": N_("{n} hours a week"),
    "sek-a-year": N_("{n} kr a year"),
}
_NAMES = ("name", "value", "unit", "meaning", "source", "estimate", "own", "default")


def assumption_page(recorded: RecordedAssumption, *, dry_run: bool = False) -> Page:
    """Return the answer to changing an assumption."""
    now, before = recorded
    told = f"{now.assumption.name}: {in_its_unit(now)} ({_origin(now)})."
    told += replaced(in_its_unit(before), in_its_unit(now), str)
    answer = assumption_json(now) | {"before": number(before.value)}
    return Page([Line(told), *not_kept(dry_run)], answer, ids=[now.assumption.name])


def assumptions_page(values: Sequence[Assumed]) -> Page:
    """Return the page of all assumptions."""
    records = [assumption_json(each) for each in values]
    rows = Rows(_NAMES, [tuple(record[name] for name in _NAMES) for record in records])
    hint = _("To put a figure of your own in the place of one: socrekry assume NAME VALUE")
    parts: list[Part] = [assumption_grid(values), Gap(), Line(hint, "quiet")]
    return Page(parts, records, rows=rows, ids=[each.assumption.name for each in values])


def assumption_grid(values: Sequence[Assumed]) -> Grid:
    """Return a row an assumption; where it comes from stands after what it means, as on paper."""
    columns = (Column(_("Assumption")), Column(_("Value"), "right"), Column(_("Meaning"), flexible=True))
    cells = [
        (
            each.assumption.name,
            in_its_unit(each),
            f"{word(MEANINGS, each.assumption.name)} ({_origin(each)})",
        )
        for each in values
    ]
    return Grid(columns, cells)


def assumption_json(each: Assumed) -> dict[str, Any]:
    """Return an assumption as data, its meaning in English."""
    known = each.assumption
    return {
        "name": known.name,
        "value": number(each.value),
        "unit": known.unit,
        "meaning": MEANINGS[known.name],
        "source": known.source if each.own is None else None,
        "estimate": known.source is None and each.own is None,
        "own": each.own is not None,
        "default": number(known.default),
    }


def in_its_unit(each: Assumed) -> str:
    """Return the value with its unit: ``2.5 times``, ``650 000 kr a year``."""
    return word(_UNITS, each.assumption.unit).format(n=decimal(plain(each.value)))


def number(value: Decimal) -> int | float:
    """Return a number as JSON has it."""
    return int(value) if value == int(value) else float(value)


def _origin(each: Assumed) -> str:
    if each.own is not None:
        return _("own figure")
    return each.assumption.source or _("estimate")
