"""Pipelines: list, show, check and install them."""

from typing import Annotated, Literal, TypeAlias

import typer

from socrekry.cli.exits import ExitCode
from socrekry.cli.files import read_text
from socrekry.cli.options import DryRun, RowFormats, TableJson
from socrekry.cli.session import reading, writing
from socrekry.cli.settings import current
from socrekry.domain.errors import PipelineInvalid, Refused
from socrekry.locale import N_
from socrekry.render.output import is_for_a_screen, may_paint, put, terminal_columns, write
from socrekry.render.pipelines import (
    defects_page,
    installation_page,
    pipeline_page,
    pipelines_page,
    sound_page,
    title_of,
)
from socrekry.services import pipelines as service

MOST_BYTES = 1024 * 1024
_FILE_HELP = N_("A pipeline file (TOML); - reads it from stdin.")
_File: TypeAlias = Annotated[str, typer.Argument(metavar=N_("FILE"), help=_FILE_HELP)]


def pipelines(format: RowFormats = "table") -> None:
    """List the pipelines that are installed.

    A candidacy stays on the version it began with; the latest is what new ones begin on.
    """
    with reading() as store:
        found = service.pipelines(store)
    write(pipelines_page(found), format, current().output)


def show_pipeline(
    name: Annotated[str, typer.Argument(metavar=N_("NAME"), help=N_("The pipeline, as trainee."))],
    version: Annotated[
        int | None, typer.Option(min=1, metavar="N", help=N_("An earlier version than the latest."))
    ] = None,
    format: Annotated[
        Literal["table", "json", "mermaid"], typer.Option(help=N_("How to show the answer."))
    ] = "table",
) -> None:
    """Show a pipeline's stages and rules.

    Each stage with the ways on from it, and what each of them asks for.

        socrekry pipeline show trainee --format mermaid -o trainee.mmd
    """
    with reading() as store:
        pipeline = service.find_pipeline(store, name, version).pipeline
    output = current().output
    if format == "mermaid":
        from socrekry.render.diagrams import mermaid

        put(mermaid(pipeline), output)
    elif format == "table" and is_for_a_screen(output):
        from socrekry.render.diagrams import tree

        put(tree(pipeline, title_of(pipeline), terminal_columns(), painted=may_paint()), output)
    else:
        write(pipeline_page(pipeline), format, output)


def check_pipeline(file: _File, format: RowFormats = "table") -> int:
    """Check a pipeline file without installing it.

    Every defect is named at once, with its line and its place; then the exit code is 1.
    """
    try:
        page, code = sound_page(service.check_pipeline(read_text(file, MOST_BYTES))), ExitCode.DONE
    except PipelineInvalid as invalid:
        page, code = defects_page(invalid), ExitCode.REFUSED
    write(page, format, current().output)
    return code


def install_pipeline(file: _File, dry_run: DryRun = False, format: TableJson = "table") -> None:
    """Install a pipeline from a file.

    It becomes the next version of the pipeline that it names; candidacies stay on the version they began
    with. What is installed already is not installed again.
    """
    text = read_text(file, MOST_BYTES)
    try:
        with writing("pipeline install", dry_run=dry_run) as w:
            done = service.install_pipeline(w, text)
    except PipelineInvalid as invalid:  # typed right: it is the rules of pipelines that refuse
        raise Refused(invalid.code, **invalid.details) from None
    write(installation_page(done, dry_run=dry_run), format, current().output)
