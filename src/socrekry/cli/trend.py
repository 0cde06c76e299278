"""Figures over terms: ``trend``."""

from typing import Annotated

import typer

from socrekry.cli.exits import screen_encoding
from socrekry.cli.options import AsOf, OnlyPipeline, OnlyUnit, ReportFormats, read_term
from socrekry.cli.session import reading
from socrekry.cli.settings import clock, current
from socrekry.domain.term import Term
from socrekry.locale import N_
from socrekry.render.output import columns_for, is_for_a_screen, write


def trend(
    first: Annotated[
        Term | None,
        typer.Option(
            "--from",
            metavar=N_("TERM"),
            parser=read_term,
            help=N_("The first term; else the first cohort’s."),
        ),
    ] = None,
    last: Annotated[
        Term | None,
        typer.Option(
            "--to", metavar=N_("TERM"), parser=read_term, help=N_("The last term; else the one that runs.")
        ),
    ] = None,
    figure: Annotated[
        list[str] | None,
        typer.Option(
            metavar=N_("NAME"),
            help=N_("Only this figure, such as seats, applied or of-base:hired."),
        ),
    ] = None,
    as_of: AsOf = None,
    unit: OnlyUnit = None,
    pipeline: OnlyPipeline = None,
    format: ReportFormats = "table",
) -> None:
    """Show figures term by term, and how they have changed.

    Without a figure, the main ones: the first and the last value of each, a small column for each term, the
    lowest and the highest. With one figure, a row and a bar for each term. A term that has no such figure, or
    cannot have it yet, is a gap and never 0.

        socrekry trend --from HT2010 --to HT2018
        socrekry trend --figure of-base:started
        socrekry trend --figure applied --figure hired --format csv -o trend.csv
    """
    from socrekry.render.bars import signs_for
    from socrekry.render.trend import trend_page
    from socrekry.reports.trend import Wanted
    from socrekry.reports.trend import trend as figures_over_terms

    today, output = clock().today, current().output
    with reading() as store:
        wanted = Wanted(as_of or today, first, last, figure or (), pipeline, unit)
        answer = figures_over_terms(store, wanted, today)
    on_screen = format == "table" and is_for_a_screen(output)
    signs = signs_for(screen_encoding() if on_screen else "utf-8")
    write(trend_page(answer, columns_for(format, output), signs), format, output)
