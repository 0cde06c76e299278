"""Costs as they look: period by period, and what the agency staff would have paid instead.

The comparison is never shown without the assumptions that it rests on.
"""

from decimal import Decimal
from typing import Any

from socrekry.domain.agency import Comparison
from socrekry.locale import N_, _
from socrekry.render.amounts import between, money, replaced, tenths
from socrekry.render.assumptions import assumption_grid, assumption_json, number
from socrekry.render.parts import Column, Facts, Gap, Grid, Heading, Line, Page, Part, Rows, not_kept
from socrekry.render.text import NOTHING, count, kronor, percent
from socrekry.render.words import capital, word
from socrekry.reports.costs import Costs, StaffCost
from socrekry.services.costs import RecordedCost

KINDS = {"agency": N_("agency staff"), "own-staff": N_("own staff")}
_NAMES = ("period", "unit", "agency", "own_staff", "share_agency")


def cost_page(cost: RecordedCost, *, dry_run: bool = False) -> Page:
    """Return the answer to recording a cost."""
    what = " · ".join(filter(None, (capital(word(KINDS, cost.kind)), str(cost.period), cost.unit)))
    told = f"{what}: {kronor(cost.amount)}.{replaced(cost.before, cost.amount, kronor)}"
    return Page([Line(told), *not_kept(dry_run)], cost._asdict() | {"period": str(cost.period)})


def costs_page(costs: Costs, unit: str | None = None) -> Page:
    """Return the page of the costs, of one unit where it is named."""
    rows = Rows(_NAMES, [tuple(record[name] for name in _NAMES) for record in costs_json(costs)["periods"]])
    parts = costs_parts(costs)
    if not parts:
        told = _("No cost is recorded for this time. Record one: socrekry add-cost agency YEAR SEK")
        return Page([Line(told)], lambda: costs_json(costs), rows=rows)
    heading = Heading(_("Costs of staff"), unit or "")
    return Page([heading, Gap(), *parts], lambda: costs_json(costs), rows=rows)


def costs_parts(costs: Costs) -> list[Part]:
    """Return the costs, the comparison and its assumptions; nothing where no cost is recorded."""
    if not costs.periods:
        return []
    parts: list[Part] = [_grid(costs)]
    if costs.comparison is not None:
        hint = _("The comparison rests on these assumptions. To change one: socrekry assume NAME VALUE")
        parts += [Gap(), Facts(_compared(costs.comparison)), Gap(), Line(hint, "quiet")]
        parts.append(assumption_grid(costs.assumptions))
    return parts


def costs_line(costs: Costs) -> str | None:
    """Return what a report says of agency staff, None where none is recorded."""
    compared = costs.comparison
    if compared is None:
        return None
    named = [str(each.period) for each in costs.periods]
    told = _("Agency staff {when} {amount}: {extra} more than own staff")
    said = told.format(
        when=between(named[0], named[-1]),
        amount=money(compared.amount, compared.amount),
        extra=money(*compared.extra),
    )
    if compared.posts_for_extra is None:
        return said
    posts = _("{posts} trainee posts").format(posts=between(*map(count, compared.posts_for_extra)))
    return f"{said} = {posts}"


def costs_json(costs: Costs) -> dict[str, Any]:
    """Return the costs, the comparison (None where no agency staff is recorded) and the assumptions."""
    return {
        "periods": [
            {"period": str(each.period), "unit": each.unit, **_cost_json(each.cost, each.cost.share_agency)}
            for each in costs.periods
        ],
        "totals": _cost_json(costs.all, costs.share_agency),
        "comparison": comparison_json(costs.comparison) if costs.comparison else None,
        "assumptions": [assumption_json(each) for each in costs.assumptions],
    }


def comparison_json(compared: Comparison) -> dict[str, Any]:
    """Return the comparison as data: amounts in SEK, ranges as low and high."""
    return {
        "agency": compared.amount,
        "own_staff_instead": _range_json(compared.own_staff),
        "extra": _range_json(compared.extra),
        "years_bought": _range_json(compared.years_bought),
        "years_of_own_staff": _number(compared.years_of_own_staff),
        "cost_of_post": compared.post,
        "posts_for_extra": _range_json(compared.posts_for_extra),
        "posts_for_all": compared.posts_for_all,
    }


def _cost_json(cost: StaffCost, share: float | None) -> dict[str, Any]:
    return {"agency": cost.agency, "own_staff": cost.own_staff, "share_agency": share}


def _range_json(values: tuple[int | Decimal, ...] | None) -> dict[str, Any] | None:
    return None if values is None else {"low": _number(values[0]), "high": _number(values[1])}


def _number(value: int | Decimal | None) -> int | float | None:
    return number(value) if isinstance(value, Decimal) else value


def _grid(costs: Costs) -> Grid:
    of_units = any(each.unit for each in costs.periods)
    columns = (
        Column(_("Period")),
        *([Column(_("Unit"), flexible=True)] if of_units else []),
        Column(_("Agency staff"), "right"),
        Column(_("Own staff"), "right"),
        Column(_("Agency’s share"), "right"),
    )
    rows = [
        _row(str(each.period), [each.unit or ""] if of_units else [], each.cost, each.cost.share_agency)
        for each in costs.periods
    ]
    if len(rows) > 1:
        rows.append(_row(_("in all"), [""] if of_units else [], costs.all, costs.share_agency))
    return Grid(columns, rows)


def _row(title: str, unit: list[str], cost: StaffCost, share: float | None) -> list[str]:
    return [title, *unit, kronor(cost.agency), kronor(cost.own_staff), percent(share)]


def _compared(compared: Comparison) -> list[tuple[str, str]]:
    years, own, posts = compared.years_bought, compared.years_of_own_staff, compared.posts_for_extra
    each = _("{posts}, at {amount} each")
    return [
        (_("Agency staff cost"), money(compared.amount, compared.amount)),
        (_("Own staff would have cost for the same work"), money(*compared.own_staff)),
        (_("So much more was paid"), money(*compared.extra)),
        (_("Years of full-time work that were bought"), between(*map(tenths, years)) if years else NOTHING),
        (_("Years of own staff for the same money"), tenths(own) if own is not None else NOTHING),
        (
            _("Trainee posts for what was paid more"),
            each.format(posts=between(*map(count, posts)), amount=kronor(compared.post))
            if posts
            else NOTHING,
        ),
        (_("Trainee posts for all of it"), count(compared.posts_for_all)),
    ]
