"""What scripts may rely on: ``schema``."""

from typing import Annotated

import typer

from socrekry.cli.options import TableJson
from socrekry.cli.settings import current
from socrekry.locale import N_
from socrekry.render.output import put, write


def print_schema(
    name: Annotated[
        list[str] | None,
        typer.Argument(
            metavar=N_("[COMMAND]"), help=N_("The command whose answer it is; without it, all names.")
        ),
    ] = None,
    format: TableJson = "table",
) -> None:
    """Print the JSON Schema of a command’s answer.

    It says which keys --format json gives, what each holds, and which may be null. Keys may be added; those
    that a schema names keep their names and meanings. The schema of every error is called error.

        socrekry schema report -o report.schema.json
        socrekry schema pipeline show
    """
    from socrekry.render.jsonout import as_json
    from socrekry.render.schemas import schema
    from socrekry.render.schemas.names import names_page

    if name:
        put(as_json(schema(" ".join(name))), current().output)
    else:
        write(names_page(), format, current().output)
