"""What to do now: next, today."""

from typing import Annotated

import typer

from socrekry.cli.choosing import the_one_meant
from socrekry.cli.options import OneId, TableJson
from socrekry.cli.session import reading
from socrekry.cli.settings import clock, current
from socrekry.locale import N_
from socrekry.render.output import write

MOST_ALIKE = 20  # of one kind, on a morning's screen; JSON has them all
_FURTHEST = 36_500


def next_moves(id: OneId, format: TableJson = "table") -> None:
    """Show where a candidate may go from here, and what is missing.

    Every step on, with each guard met or not, what it saw, and the command that remedies it.
    """
    from socrekry.render.dossiers import next_page
    from socrekry.services.looking import next_moves as look

    with reading() as store:
        answer = look(store, the_one_meant(store, id), clock().today)
    write(next_page(answer), format, current().output)


def today(
    unit: Annotated[str | None, typer.Option(metavar=N_("UNIT"), help=N_("Only this unit."))] = None,
    days: Annotated[
        int, typer.Option(metavar="N", min=0, max=_FURTHEST, help=N_("Look so many days ahead."))
    ] = 30,
    all: Annotated[
        bool, typer.Option("--all", help=N_("Everything, even where more than twenty things are alike."))
    ] = False,
    format: TableJson = "table",
) -> None:
    """Show what waits for you, each with its command.

    Stays that are overdue, offers unanswered, placements near without a supervisor, free seats with
    somebody on the waiting list, pauses that end, follow-ups that are due.
    """
    from socrekry.render.waiting import waiting_page
    from socrekry.reports.waiting import waiting
    from socrekry.services.units import find_unit

    named = unit or current().unit
    with reading() as store:
        known = find_unit(store, named).name if named else None
        answer = waiting(store, clock().today, days=days, unit=known)
    write(waiting_page(answer, None if all else MOST_ALIKE), format, current().output)
