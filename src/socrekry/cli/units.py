"""Units: add them and list them."""

from typing import Annotated

import typer

from socrekry.cli.options import DryRun, RowFormats, TableJson
from socrekry.cli.session import reading, writing
from socrekry.cli.settings import current
from socrekry.locale import N_
from socrekry.render.output import write
from socrekry.render.programme import unit_page, units_page
from socrekry.services import units as service


def add_unit(
    name: Annotated[str, typer.Argument(metavar=N_("NAME"), help=N_("What the unit is called."))],
    employer: Annotated[
        str | None, typer.Option(metavar=N_("MUNICIPALITY"), help=N_("Whose unit it is."))
    ] = None,
    child_and_youth: Annotated[
        bool,
        typer.Option(
            "--child-and-youth",
            help=N_(
                "It works with children and youth: a degree and a criminal-record extract are asked for."
            ),
        ),
    ] = False,
    dry_run: DryRun = False,
    format: TableJson = "table",
) -> None:
    """Add a unit that candidates work in.

    What is asked of candidates depends on whether it works with children and youth.

        socrekry add-unit "Barn och unga" --employer Huddinge --child-and-youth
    """
    with writing("add-unit", dry_run=dry_run) as w:
        unit = service.add_unit(w, name, employer, child_and_youth)
    write(unit_page(unit, dry_run=dry_run), format, current().output)


def units(format: RowFormats = "table") -> None:
    """List units."""
    with reading() as store:
        found = service.units(store)
    write(units_page(found), format, current().output)
