"""Count a term: ``report``."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

import typer

from socrekry.cli.options import ReportFormats, read_date
from socrekry.cli.session import reading
from socrekry.cli.settings import clock, current
from socrekry.domain.errors import InvalidInput
from socrekry.domain.term import TermRange, parse_range
from socrekry.locale import N_
from socrekry.render.output import is_for_a_screen, terminal_columns, write
from socrekry.render.report import SECTIONS, report_page

_IN_A_PIPE = 80


def _read_terms(value: str | TermRange) -> TermRange:
    return value if isinstance(value, TermRange) else parse_range(value)


def _read_sections(words: Sequence[str] | None) -> list[str]:
    for word in words or ():
        if word not in SECTIONS:
            raise InvalidInput("section-unknown", section=word, sections=list(SECTIONS))
    return list(words or ())


def report(
    term: Annotated[
        TermRange | None,
        typer.Option(
            "--term",
            metavar=N_("TERM|FIRST..LAST"),
            parser=_read_terms,
            help=N_("A term, or a range as HT2010..HT2018; the latest that has begun if left out."),
        ),
    ] = None,
    as_of: Annotated[
        date | None,
        typer.Option(
            "--as-of",
            metavar=N_("DATE"),
            parser=read_date,
            show_default=N_("today"),
            help=N_("Count what had happened by that day."),
        ),
    ] = None,
    unit: Annotated[str | None, typer.Option(metavar=N_("UNIT"), help=N_("Only this unit."))] = None,
    pipeline: Annotated[str | None, typer.Option(metavar=N_("NAME"), help=N_("Only this pipeline."))] = None,
    section: Annotated[
        list[str] | None,
        typer.Option(
            "--section",
            metavar="|".join(SECTIONS),
            callback=_read_sections,
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
    and how many seats are taken: for each cohort, and in all.

        socrekry report --term HT2010..HT2018
        socrekry report --section exits --format csv -o exits.csv
    """
    from socrekry.reports.asking import Question
    from socrekry.reports.term_report import term_report

    today, now = clock()
    with reading() as store:
        answer = term_report(store, Question(as_of or today, term, pipeline, unit, public), today)
    on_screen = format == "table" and is_for_a_screen(current().output)
    columns = terminal_columns() if on_screen else _IN_A_PIPE
    write(report_page(answer, format, section or (), now, columns), format, current().output)
