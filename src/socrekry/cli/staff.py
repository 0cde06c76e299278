"""Staff: add supervisors and mentors, list them with their room, and change them."""

from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from socrekry.cli.options import DryRun, RowFormats, TableJson, TermOption, read_date
from socrekry.cli.session import reading, writing
from socrekry.cli.settings import clock, current
from socrekry.domain.term import term_of
from socrekry.locale import N_
from socrekry.render.output import write
from socrekry.render.programme import member_page, staff_page
from socrekry.services import staffing as service

_UNIT, _NAME = N_("UNIT"), N_("NAME")
_MOST = service.MOST_CAPACITY


class Role(StrEnum):
    """What somebody is there for; an enumeration, because Typer reads no list of literals."""

    SUPERVISOR = "supervisor"
    MENTOR = "mentor"


def add_staff(
    name: Annotated[str, typer.Argument(metavar=_NAME, help=N_("First name and surname."))],
    role: Annotated[list[Role], typer.Option(help=N_("What for; somebody may be both."))],
    unit: Annotated[str | None, typer.Option(metavar=_UNIT, help=N_("The unit where they work."))] = None,
    capacity: Annotated[
        int, typer.Option(min=0, max=_MOST, metavar="N", help=N_("How many candidates in a term."))
    ] = 1,
    dry_run: DryRun = False,
    format: TableJson = "table",
) -> None:
    """Add a supervisor or a mentor.

    Nobody is assigned to more candidates in a term than there is room for.

        socrekry add-staff "Kerstin Åkesson" --role supervisor --unit "Barn och unga" --capacity 2
    """
    with writing("add-staff", dry_run=dry_run) as w:
        member = service.add_staff(w, name, role, unit, capacity)
    write(member_page(member, added=True, dry_run=dry_run), format, current().output)


def staff(
    term: TermOption = None,
    free: Annotated[
        bool, typer.Option("--free", help=N_("Only those with room in the term; without one, in this term."))
    ] = False,
    all: Annotated[bool, typer.Option("--all", help=N_("Those who have left as well."))] = False,
    format: RowFormats = "table",
) -> None:
    """List supervisors and mentors, and who has room.

    With --term, the room, what of it is taken and by whom in that term; else in every term with any.
    """
    today = clock().today
    asked = term or (term_of(today) if free else None)
    with reading() as store:
        found = service.staff(store, asked, free=free, on=None if all else today)
    write(staff_page(found, asked, free=free), format, current().output)


def edit_staff(
    staff: Annotated[str, typer.Argument(metavar="S-1", help=N_("An id (S-1) or part of a name."))],
    name: Annotated[str | None, typer.Option(metavar=_NAME, help=N_("First name and surname."))] = None,
    unit: Annotated[
        str | None, typer.Option(metavar=_UNIT, help=N_("The unit where they work; an empty text for none."))
    ] = None,
    capacity: Annotated[
        int | None, typer.Option(min=0, max=_MOST, metavar="N", help=N_("How many candidates in a term."))
    ] = None,
    term: TermOption = None,
    add_role: Annotated[list[Role] | None, typer.Option(help=N_("One thing more that they do."))] = None,
    drop_role: Annotated[list[Role] | None, typer.Option(help=N_("What they no longer do."))] = None,
    left_on: Annotated[
        date | None,
        typer.Option(metavar=N_("DATE"), parser=read_date, help=N_("The day from which they are gone.")),
    ] = None,
    dry_run: DryRun = False,
    format: TableJson = "table",
) -> None:
    """Change a supervisor or a mentor.

    With --term, --capacity holds in that term alone. There cannot be less room than is taken.

        socrekry edit-staff S-1 --capacity 0 --term VT2026
    """
    changes = service.StaffChanges(
        name, unit, capacity, term, tuple(add_role or ()), tuple(drop_role or ()), left_on
    )
    with writing("edit-staff", dry_run=dry_run) as w:
        member = service.edit_staff(w, staff, changes)
    write(member_page(member, added=False, dry_run=dry_run), format, current().output)
