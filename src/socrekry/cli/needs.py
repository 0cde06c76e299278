"""Needs: record how many positions a unit must fill in a term, and list them."""

from typing import Annotated, TypeAlias

import typer

from socrekry.cli.options import DryRun, OnlyUnit, ReportFormats, TableJson, TermArgument, term_range
from socrekry.cli.session import reading, writing
from socrekry.cli.settings import clock, current
from socrekry.domain.term import TermRange
from socrekry.locale import N_
from socrekry.render.needs import need_page, needs_page
from socrekry.render.output import write
from socrekry.services import needs as service

_UNIT = N_("UNIT")


_Terms: TypeAlias = Annotated[
    TermRange | None,
    term_range(N_("A term, or a range as VT2027..HT2028; this term and all to come if left out.")),
]


def add_need(
    unit: Annotated[str, typer.Argument(metavar=_UNIT, help=N_("The unit, or a part of its name."))],
    term: TermArgument,
    positions: Annotated[
        int,
        typer.Argument(
            min=0,
            max=service.MOST_POSITIONS,
            metavar=N_("POSITIONS"),
            help=N_("How many it must fill; 0 if none."),
        ),
    ],
    dry_run: DryRun = False,
    format: TableJson = "table",
) -> None:
    """Record how many positions a unit must fill in a term.

    Recorded again, the number replaces the one before, and the answer says what that was.

        socrekry add-need "Barn och unga" VT2027 6
    """
    with writing("add-need", dry_run=dry_run) as w:
        need = service.add_need(w, unit, term, positions)
    write(need_page(need, dry_run=dry_run), format, current().output)


def needs(
    term: _Terms = None,
    unit: OnlyUnit = None,
    format: ReportFormats = "table",
) -> None:
    """List needs, with the contracts that are signed for them.

    Beside the positions stand the contracts for work that begins in the term, the open candidacies that could
    lead to work then, and how many positions are left; and for the coming terms, the forecast.

        socrekry needs --term VT2027..HT2028
    """
    from socrekry.reports.asking import Question, scope_of
    from socrekry.reports.needs import from_then_on, needs

    today = clock().today
    with reading() as store, store.snapshot():
        scope = scope_of(store, Question(today, term or from_then_on(today), None, unit), today)
        found = needs(store, scope.terms, today, scope.unit_id)
        expected = None
        if found.terms and format != "csv":  # a row of a unit has no place for what is the term's
            from socrekry.render.forecast import expected_by_term
            from socrekry.reports.forecast import forecast

            expected = expected_by_term(forecast(store, scope))
    write(needs_page(found, expected), format, current().output)
