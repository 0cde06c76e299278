"""What those on the way will bring, and how many more it takes: ``forecast``."""

from typing import Annotated

import typer

from socrekry.cli.options import AsOf, OnlyPipeline, OnlyUnit, RowFormats, read_term
from socrekry.cli.session import reading
from socrekry.cli.settings import clock, current
from socrekry.domain.errors import InvalidInput
from socrekry.domain.term import Term
from socrekry.locale import N_
from socrekry.render.output import write
from socrekry.services.needs import MOST_POSITIONS


def forecast(
    term: Annotated[
        Term | None,
        typer.Option(
            "--term",
            metavar=N_("TERM"),
            parser=read_term,
            help=N_("The last term shown; with --need, the term of the need."),
        ),
    ] = None,
    need: Annotated[
        int | None,
        typer.Option(
            "--need",
            metavar=N_("POSITIONS"),
            min=0,
            max=MOST_POSITIONS,
            help=N_("Say how many more must come to each stage, and when, to have so many."),
        ),
    ] = None,
    as_of: AsOf = None,
    unit: OnlyUnit = None,
    pipeline: OnlyPipeline = None,
    candidates: Annotated[
        bool, typer.Option("--candidates", help=N_("Show the chance of each candidate as well."))
    ] = False,
    all: Annotated[bool, typer.Option("--all", help=N_("Every candidate, however many."))] = False,
    format: RowFormats = "table",
) -> None:
    """Show how many will begin work in each term, against what is needed.

    Reckoned from the pipeline's own history, for everybody who is on the way: how many are expected to begin,
    the interval that holds four times of five, and the chance that the need is met. It is no figure to choose
    people by. With --need it counts backwards: how many more must come, to which stage and by when.

        socrekry forecast
        socrekry forecast --need 6 --term HT2027
        socrekry forecast --candidates --format csv -o chances.csv
    """
    from socrekry.reports.asking import Question, scope_of

    _refuse_what_cannot_go_together(term, need, candidates=candidates, every=all)
    today = clock().today
    with reading() as store, store.snapshot():
        scope = scope_of(store, Question(as_of or today, None, pipeline, unit), today)
        if need is not None and term is not None:
            from socrekry.render.backplan import backplan_page
            from socrekry.reports.backplan import plans

            page = backplan_page(plans(store, scope, need, term))
        else:
            from socrekry.render.forecast import USUAL_LIMIT, forecast_page
            from socrekry.reports.forecast import forecast

            found = forecast(store, scope, term, by_name=candidates)
            page = forecast_page(found, None if all else USUAL_LIMIT)
    write(page, format, current().output)


def _refuse_what_cannot_go_together(
    term: Term | None, need: int | None, *, candidates: bool, every: bool
) -> None:
    if need is not None and term is None:
        raise InvalidInput("need-without-term", need=need)
    if need is not None and candidates:
        raise InvalidInput("need-with-candidates", need=need)
    if every and not candidates:
        raise InvalidInput("all-without-candidates")
