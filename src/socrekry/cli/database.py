"""A store on PostgreSQL: its roles, and who may see which unit's candidates."""

from enum import StrEnum
from typing import Annotated, TypeAlias

import typer

from socrekry.cli.options import DryRun, RowFormats, TableJson
from socrekry.cli.session import reading, writing
from socrekry.cli.settings import current
from socrekry.locale import N_
from socrekry.render.database import access_page, applied_page, sql_page, switched_page
from socrekry.render.output import put, write
from socrekry.services import roles as service
from socrekry.services import unit_access as sight


class Switch(StrEnum):
    """On or off."""

    ON = "on"
    OFF = "off"


_PRINT = N_("Print the SQL instead, for psql or for reading.")
_Role: TypeAlias = Annotated[
    str,
    typer.Argument(metavar=N_("ROLE"), help=N_("A login or a group of the database, as it is spelt there.")),
]


def roles(
    apply: Annotated[
        bool, typer.Option("--apply", help=N_("Run it, in one transaction, instead of printing it."))
    ] = False,
    dry_run: DryRun = False,
    format: TableJson = "table",
) -> None:
    """Show or make the roles of a store on PostgreSQL.

    Without --apply it prints the SQL, for psql. The owner has the tables and migrates; a recruiter does all
    that the program does, and of the log reads and adds; a reader reads reports, but no names, addresses or
    notes. Nobody can log in as one of them: an administrator puts logins into them. It can be run again at
    any time.

        socrekry db roles | psql
        socrekry db roles --apply
    """
    if apply:
        with writing("db roles") as w:
            page = applied_page(service.apply_roles(w.store, dry_run=dry_run), dry_run=dry_run)
        write(page, format, current().output)
    else:
        with reading() as store:
            _show_sql(service.roles_sql(store), format)


def row_security(
    switch: Annotated[Switch, typer.Argument(metavar="on|off", help=N_("Switch it on or off."))],
    sql: Annotated[bool, typer.Option("--print", help=_PRINT)] = False,
    dry_run: DryRun = False,
    format: TableJson = "table",
) -> None:
    """Let everybody see only the candidates of the units that they are allowed.

    The database itself sees to it, whatever program asks. A candidate is seen, and may be changed, by those
    who are allowed the unit of one of their candidacies, and by everybody where one has no unit. Seats and
    supervisors' room count everybody all the same. Off, every recruiter sees every candidate.

        socrekry db allow anna --unit "Barn och unga"
        socrekry db row-security on
    """
    on = switch is Switch.ON
    if sql:
        with reading() as store:
            _show_sql(sight.row_security_sql(store, on=on), format)
        return
    with writing("db row-security") as w:
        page = switched_page(sight.switch(w.store, on=on, dry_run=dry_run), dry_run=dry_run)
    write(page, format, current().output)


def allow(
    role: _Role,
    unit: Annotated[
        list[str] | None, typer.Option("--unit", metavar=N_("UNIT"), help=N_("A unit; may be repeated."))
    ] = None,
    every_unit: Annotated[
        bool, typer.Option("--every-unit", help=N_("Every unit, also those that are added later."))
    ] = False,
    remove: Annotated[bool, typer.Option("--remove", help=N_("Allow it no longer."))] = False,
    dry_run: DryRun = False,
    format: RowFormats = "table",
) -> None:
    """Allow a role of the database to see units.

    A login's own, or a group's for all who are in it: what any of one's roles is allowed counts. It is asked
    while row security is on.

        socrekry db allow anna --unit "Barn och unga" --unit Vuxen
        socrekry db allow socrekry_reader --every-unit
        socrekry db allow anna --unit Vuxen --remove
    """
    with writing("db allow", dry_run=dry_run) as w:
        change = sight.disallow if remove else sight.allow
        access = change(w, role, unit or (), every_unit=every_unit)
    write(access_page(access, dry_run=dry_run), format, current().output)


def allowed(format: RowFormats = "table") -> None:
    """Show which units each role may see."""
    with reading() as store, store.snapshot():
        access = sight.allowed(store)
    write(access_page(access), format, current().output)


def _show_sql(sql: str, format: str) -> None:
    """Put SQL as it stands, to whoever reads it: a screen's width would break it."""
    if format == "table":
        put(sql, current().output)
    else:
        write(sql_page(sql), format, current().output)
