"""Cohorts: open them, list them with their seats, and change them."""

from typing import Annotated, TypeAlias

import typer

from socrekry.cli.options import DryRun, RowFormats, TableJson, TermArgument, TermOption, read_term
from socrekry.cli.session import reading, writing
from socrekry.cli.settings import current
from socrekry.domain.term import Term
from socrekry.locale import N_
from socrekry.render.output import write
from socrekry.render.programme import cohort_page, cohorts_page, edited_cohort_page
from socrekry.services import cohorts as service

_PIPELINE, _UNIT, _NAME = N_("PIPELINE"), N_("UNIT"), N_("NAME")
_Pipeline: TypeAlias = Annotated[str, typer.Argument(metavar=_PIPELINE, help=N_("The pipeline, as trainee."))]
_Ref: TypeAlias = Annotated[
    str | None, typer.Option("--ref", metavar=N_("NUMBER"), help=N_("The registry number of the case."))
]
_MOST = service.MOST_SEATS


def add_cohort(
    pipeline: _Pipeline,
    term: TermArgument,
    seats: Annotated[int, typer.Option(min=0, max=_MOST, metavar="N", help=N_("How many can be admitted."))],
    unit: Annotated[
        str | None, typer.Option(metavar=_UNIT, help=N_("The unit that it recruits for."))
    ] = None,
    name: Annotated[
        str | None, typer.Option(metavar=_NAME, help=N_("What tells it apart from others of that term."))
    ] = None,
    ref: _Ref = None,
    dry_run: DryRun = False,
    format: TableJson = "table",
) -> None:
    """Open a cohort: a pipeline, a term and its seats.

    The term is that of the placement in the trainee pipeline, and that in which the job starts in the direct.

        socrekry add-cohort trainee HT2025 --seats 10
    """
    with writing("add-cohort", dry_run=dry_run) as w:
        cohort = service.add_cohort(w, pipeline, term, seats, unit=unit, name=name, registry_number=ref)
    write(cohort_page(cohort, dry_run=dry_run), format, current().output)


def cohorts(
    term: TermOption = None,
    pipeline: Annotated[
        str | None, typer.Option(metavar=_PIPELINE, help=N_("Only those of this pipeline."))
    ] = None,
    format: RowFormats = "table",
) -> None:
    """List cohorts and their seats."""
    with reading() as store:
        found = service.cohorts(store, term, pipeline)
    write(cohorts_page(found), format, current().output)


def edit_cohort(
    cohort: Annotated[
        str,
        typer.Argument(metavar=N_("COHORT"), help=N_("Its id (K-1), or its pipeline with a term after it.")),
    ],
    term: Annotated[
        Term | None,
        typer.Argument(metavar=N_("TERM"), parser=read_term, help=N_("The term, after a pipeline.")),
    ] = None,
    seats: Annotated[
        int | None,
        typer.Option(min=0, max=_MOST, metavar="N", help=N_("How many can be admitted from now on.")),
    ] = None,
    rename: Annotated[
        str | None, typer.Option(metavar=_NAME, help=N_("What it is called from now on."))
    ] = None,
    ref: _Ref = None,
    unit: Annotated[
        str | None, typer.Option(metavar=_UNIT, help=N_("The unit of the cohort that is meant."))
    ] = None,
    name: Annotated[
        str | None, typer.Option(metavar=_NAME, help=N_("The name of the cohort that is meant."))
    ] = None,
    dry_run: DryRun = False,
    format: TableJson = "table",
) -> None:
    """Change a cohort's seats, name or registry number.

    There cannot be fewer seats than are taken. With more, the first on the waiting list is named.

        socrekry edit-cohort K-1 --seats 12
        socrekry edit-cohort trainee HT2025 --ref KS-2025-117
    """
    with writing("edit-cohort", dry_run=dry_run) as w:
        edited = service.edit_cohort(
            w, cohort, term, unit=unit, name=name, seats=seats, new_name=rename, registry_number=ref
        )
    write(edited_cohort_page(edited, dry_run=dry_run), format, current().output)
