"""Agreements with universities as they look: seats asked for, offered, confirmed and used."""

from collections.abc import Sequence
from typing import Any

from socrekry.locale import _
from socrekry.render.parts import Column, Grid, Line, Page, Part, Rows, not_kept
from socrekry.render.text import count
from socrekry.render.words import AGREEMENTS, word
from socrekry.services.agreements import Agreed, Agreement

_NAMES = (
    "id", "university", "name", "term", "unit", "asked", "offered", "confirmed", "placed", "unconfirmed",
    "contact",
)  # fmt: skip


def agreed_page(agreed: Agreed, *, dry_run: bool = False) -> Page:
    """Return the answer to keeping a number: what it is, and what it was."""
    agreement = agreed.agreement
    number = getattr(agreement, agreed.status)
    told = _("{university} {term}: {n} {status}.")
    if agreed.before not in (None, number):
        told = _("{university} {term}: {n} {status}, before {before}.")
    line = told.format(
        university=" · ".join(filter(None, (agreement.university_name, agreement.unit))),
        term=agreement.term,
        n=count(number),
        status=word(AGREEMENTS, agreed.status),
        before=count(agreed.before),
    )
    parts: list[Part] = [Line(line)]
    if agreement.unconfirmed:
        parts.append(Line(_unconfirmed(agreement), "quiet"))
    answer = _json(agreement) | {"status": agreed.status, "before": agreed.before}
    return Page([*parts, *not_kept(dry_run)], answer)


def agreements_page(agreements: Sequence[Agreement]) -> Page:
    """Return the page of agreements; columns where every cell would be empty are left out."""
    placed = any(each.unit for each in agreements)
    reached = any(each.contact for each in agreements)
    columns = (
        Column(_("Term")),
        Column(_("University"), flexible=True),
        *([Column(_("Unit"), flexible=True)] if placed else []),
        Column(_("Asked for"), "right"),
        Column(_("Offered"), "right"),
        Column(_("Confirmed"), "right"),
        Column(_("Used"), "right"),
        *([Column(_("Contact"), flexible=True)] if reached else []),
        Column("", style="quiet"),
    )
    cells = [
        (
            str(each.term),
            f"{each.university} {each.university_name}",
            *((each.unit or "",) if placed else ()),
            *map(count, (each.asked, each.offered, each.confirmed, each.placed)),
            *((each.contact or "",) if reached else ()),
            _unconfirmed(each) if each.unconfirmed else "",
        )
        for each in agreements
    ]
    nothing = _("No agreements. Add one: socrekry add-agreement UNIVERSITY TERM --seats N --status asked")
    records = [_json(each) for each in agreements]
    rows = Rows(_NAMES, [tuple(each.values()) for each in records])
    return Page([Grid(columns, cells) if cells else Line(nothing)], records, rows=rows)


def _unconfirmed(agreement: Agreement) -> str:
    return _("{n} not confirmed").format(n=count(agreement.unconfirmed))


def _json(agreement: Agreement) -> dict[str, Any]:
    values = (
        agreement.id, agreement.university, agreement.university_name, str(agreement.term), agreement.unit,
        agreement.asked, agreement.offered, agreement.confirmed, agreement.placed, agreement.unconfirmed,
        agreement.contact,
    )  # fmt: skip
    return dict(zip(_NAMES, values, strict=True))
