"""Count a term: ``report``."""

from typing import Annotated

import typer

from socrekry.cli.moments import KnownAtOption, day_asked, reading_as_known
from socrekry.cli.options import AsOf, OnlyPipeline, OnlyUnit, ReportFormats, read_terms, term_range
from socrekry.cli.settings import clock, current
from socrekry.domain.term import TermRange
from socrekry.locale import N_
from socrekry.render.output import columns_for, write
from socrekry.render.report_views import viewed_page
from socrekry.reports.asking import Question
from socrekry.reports.sections import SECTIONS, sections_wanted
from socrekry.reports.views import COHORT, View, require_view, viewed


def report(
    term: Annotated[
        TermRange | None,
        term_range(N_("A term, or a range as HT2010..HT2018; the latest that has begun if left out.")),
    ] = None,
    as_of: AsOf = None,
    known_at: KnownAtOption = None,
    view: Annotated[
        View,
        typer.Option(
            "--view",
            help=N_("What became of the term's cohorts, what happened in its days, or who stands where."),
        ),
    ] = COHORT,
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
    compare: Annotated[
        TermRange | None,
        typer.Option(
            "--compare",
            metavar=N_("TERM|FIRST..LAST"),
            parser=read_terms,
            help=N_("Set another term, or range, beside it, and say what differs."),
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

    With --view activity, what happened in the term's days at each stage, whichever cohort it happened to;
    with --view snapshot, who stands where on a day, and which seats are taken.

        socrekry report --term HT2010..HT2018
        socrekry report --section channels --format csv -o channels.csv
        socrekry report --term HT2025 --compare HT2024
        socrekry report --term HT2025 --view activity
        socrekry report --as-of 2026-01-31 --known-at 2026-02-02
    """
    today, now = clock()
    require_view(view, public=public, sections=bool(section))
    wanted = sections_wanted(section or (), public=public)
    if format == "csv" and not section:
        wanted = ("funnel",)
    asked = Question(
        day_asked(as_of, known_at), term, pipeline, unit, public, wanted, known_at, bool(section)
    )
    if compare is not None:
        _compare(asked, compare, tuple(section or ()), view, format)
        return
    with reading_as_known(known_at) as store:
        answer = viewed(store, asked, today, view)
    columns = columns_for(format, current().output)
    write(viewed_page(answer, format, section or (), now, columns), format, current().output)


def _compare(question: Question, terms: TermRange, named: tuple[str, ...], view: View, form: str) -> None:
    """Answer with two reports side by side; only JSON tells the rest of the report too."""
    from socrekry.render.report_compare import compare_page
    from socrekry.reports.comparing import comparison, sections_compared

    today, now = clock()
    compared = sections_compared(named, view, public=question.public)
    if named or form != "json":
        question = question._replace(sections=compared)
    with reading_as_known(question.known_at) as store:
        answer = comparison(store, question, terms, today)
    columns = columns_for(form, current().output)
    write(compare_page(answer, form, question.sections, now, columns), form, current().output)
