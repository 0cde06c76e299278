"""Who stays: ``retention``."""

from typing import Annotated, Literal

import typer

from socrekry.cli.options import AsOf, OnlyPipeline, OnlyUnit, ReportFormats, term_range
from socrekry.cli.session import reading
from socrekry.cli.settings import clock, current
from socrekry.domain.term import TermRange
from socrekry.locale import N_
from socrekry.render.output import write


def retention(
    term: Annotated[
        TermRange | None,
        term_range(N_("Only the cohorts of a term, or of a range as HT2010..HT2018.")),
    ] = None,
    as_of: AsOf = None,
    unit: OnlyUnit = None,
    pipeline: OnlyPipeline = None,
    by: Annotated[
        Literal["channel", "unit", "supervisor", "cohort", "university"] | None,
        typer.Option(metavar="channel|unit|supervisor|cohort|university", help=N_("A row for each as well.")),
    ] = None,
    format: ReportFormats = "table",
) -> None:
    """Show who is still employed after 6, 12 and 24 months.

    Of those who started: how many were still there at each mark, how many had left, and of how many nothing
    is known, who are never counted as still there. Who has not come to a mark yet is counted beside it.

        socrekry retention --by channel
        socrekry record C-1 still-employed
        socrekry record C-1 left="moved" --on 2026-03-31
    """
    from socrekry.render.retention import retention_page
    from socrekry.reports.asking import Question, every_term, scope_of
    from socrekry.reports.retention import retention as who_stayed

    today = clock().today
    with reading() as store:
        scope = scope_of(store, Question(as_of or today, term, pipeline, unit), today, every_term)
        answer = who_stayed(store, scope, by, earlier=False)
    write(retention_page(answer), format, current().output)
