"""Where candidates come from, and what each cost: ``channels``."""

from typing import Annotated, Literal

import typer

from socrekry.cli.options import AsOf, OnlyPipeline, OnlyUnit, ReportFormats, term_range
from socrekry.cli.session import reading
from socrekry.cli.settings import clock, current
from socrekry.domain.term import TermRange
from socrekry.locale import N_
from socrekry.render.output import columns_for, write


def channels(
    term: Annotated[
        TermRange | None,
        term_range(N_("A term, or a range as HT2010..HT2018; the latest that has begun if left out.")),
    ] = None,
    as_of: AsOf = None,
    unit: OnlyUnit = None,
    pipeline: OnlyPipeline = None,
    by: Annotated[
        Literal["kind", "activity"], typer.Option(help=N_("A row a kind, or each kind with its activities."))
    ] = "kind",
    shared: Annotated[
        bool, typer.Option("--shared", help=N_("Share each candidacy equally among all its contacts."))
    ] = False,
    activities: Annotated[
        bool,
        typer.Option("--activities", help=N_("Those activities for the term, with all they ever brought.")),
    ] = False,
    format: ReportFormats = "table",
) -> None:
    """Show where candidates come from, and what each cost.

    For each kind of activity: how many it brought, how far they came, and the cost of each. A candidacy
    counts for its first contact, or for all of them with --shared; a cost is divided among the terms in
    proportion to what it brought to each. What nobody has recorded a cost for is a dash, not 0.

        socrekry channels --term HT2025 --by activity
        socrekry channels --term VT2025 --activities --shared
    """
    from socrekry.render.channels import channels_page
    from socrekry.reports.asking import Question
    from socrekry.reports.channels import channel_report

    today = clock().today
    with reading() as store:
        question = Question(as_of or today, term, pipeline, unit)
        answer = channel_report(store, question, today, shared=shared, by_activity_term=activities)
    columns = columns_for(format, current().output)
    write(channels_page(answer, format, by, columns), format, current().output)
