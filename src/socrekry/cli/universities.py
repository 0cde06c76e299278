"""Universities: add them and list them."""

from typing import Annotated

import typer

from socrekry.cli.options import DryRun, RowFormats, TableJson
from socrekry.cli.session import reading, writing
from socrekry.cli.settings import current
from socrekry.locale import N_
from socrekry.render.output import write
from socrekry.render.programme import universities_page, university_page
from socrekry.services import universities as service


def add_university(
    code: Annotated[
        str, typer.Argument(metavar=N_("CODE"), help=N_("A short code, by which it is then meant."))
    ],
    name: Annotated[str, typer.Argument(metavar=N_("NAME"), help=N_("What it is called."))],
    town: Annotated[str, typer.Argument(metavar=N_("TOWN"), help=N_("Where it teaches the programme."))],
    dry_run: DryRun = False,
    format: TableJson = "table",
) -> None:
    """Add a university.

    Those that taught the programme when this version was made are in the store already.

        socrekry add-university ltu "Luleå tekniska universitet" Luleå
    """
    with writing("add-university", dry_run=dry_run) as w:
        university = service.add_university(w, code, name, town)
    write(university_page(university, dry_run=dry_run), format, current().output)


def universities(format: RowFormats = "table") -> None:
    """List universities."""
    with reading() as store:
        found = service.universities(store)
    write(universities_page(found), format, current().output)
