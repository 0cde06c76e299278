"""Agreements with universities: keep how many placement seats there are, and list them."""

from enum import StrEnum
from typing import Annotated

import typer

from socrekry.cli.options import DryRun, OnlyUnit, ReportFormats, TableJson, TermArgument, TermOption
from socrekry.cli.session import reading, writing
from socrekry.cli.settings import current
from socrekry.locale import N_
from socrekry.render.agreements import agreed_page, agreements_page
from socrekry.render.output import write
from socrekry.services import agreements as service

_UNIVERSITY, _UNIT = N_("UNIVERSITY"), N_("UNIT")


class Status(StrEnum):
    """How far an agreement has come; an enumeration, because Typer reads it as choices."""

    ASKED = service.ASKED
    OFFERED = service.OFFERED
    CONFIRMED = service.CONFIRMED


def add_agreement(
    university: Annotated[
        str, typer.Argument(metavar=_UNIVERSITY, help=N_("The university: its code or part of its name."))
    ],
    term: TermArgument,
    seats: Annotated[int, typer.Option(min=0, max=service.MOST, metavar="N", help=N_("How many seats."))],
    status: Annotated[
        Status, typer.Option(help=N_("Asked for by us, offered by the university, or confirmed by it."))
    ],
    unit: Annotated[
        str | None, typer.Option(metavar=_UNIT, help=N_("The unit that the seats are in; all if left out."))
    ] = None,
    contact: Annotated[
        str | None, typer.Option(metavar=N_("TEXT"), help=N_("Whom to call there; an empty text for nobody."))
    ] = None,
    dry_run: DryRun = False,
    format: TableJson = "table",
) -> None:
    """Record the placement seats that a university is asked for, offers or confirms.

    Given again, the number takes the place of the one before.

        socrekry add-agreement sh HT2026 --seats 4 --status asked --contact "VFU-samordnaren, 08-608 40 00"
    """
    with writing("add-agreement", dry_run=dry_run) as w:
        agreed = service.add_agreement(w, university, term, seats, status, unit=unit, contact=contact)
    write(agreed_page(agreed, dry_run=dry_run), format, current().output)


def agreements(
    term: TermOption = None,
    university: Annotated[
        str | None, typer.Option(metavar=_UNIVERSITY, help=N_("Only this university."))
    ] = None,
    unit: OnlyUnit = None,
    format: ReportFormats = "table",
) -> None:
    """List agreements with universities, and how many seats are used.

    A seat is used by each candidate from there who has come to the placement.
    """
    with reading() as store:
        found = service.agreements(store, term, university, unit)
    write(agreements_page(found), format, current().output)
