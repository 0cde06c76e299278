"""Count a term: ``report``."""

from typing import Annotated

import typer

from socrekry.cli.options import AsOf, OnlyPipeline, OnlyUnit, ReportFormats, term_range
from socrekry.cli.session import reading
from socrekry.cli.settings import clock, current
from socrekry.domain.term import TermRange
from socrekry.locale import N_
from socrekry.render.output import columns_for, write
from socrekry.render.report import report_page
from socrekry.reports.sections import SECTIONS, sections_wanted


def report(
    term: Annotated[
        TermRange | None,
        term_range(N_("A term, or a range as HT2010..HT2018; the latest that has begun if left out.")),
    ] = None,
    as_of: AsOf = None,
    unit: OnlyUnit = None,
    pipeline: OnlyPipeline = None,
    section: Annotated[
        list[str] | None,
        typer.Option(
            "--section",
            metavar="|".join(SECTIONS),
            help=N_("Only this part."),
        ),
    ] = None,
    public: Annotated[
        bool, typer.Option("--public", help=N_("Withhold what would tell a group under five apart."))
    ] = False,
    format: ReportFormats = "table",
) -> None:
    """Report a term, or a range of terms.

    How many reached each stage and how many are there, why candidacies ended, how long the stages take
    and how many seats are taken: for each cohort, and in all. Beside that, where they came from and what it
    cost, what they wish and fear, what is needed and expected, and who stays.

        socrekry report --term HT2010..HT2018
        socrekry report --section channels --format csv -o channels.csv
    """
    from socrekry.reports.asking import Question
    from socrekry.reports.term_report import term_report

    today, now = clock()
    wanted = sections_wanted(section or (), public=public)
    if format == "csv" and not section:
        wanted = ("funnel",)
    with reading() as store:
        answer = term_report(store, Question(as_of or today, term, pipeline, unit, public, wanted), today)
    columns = columns_for(format, current().output)
    write(report_page(answer, format, section or (), now, columns), format, current().output)
