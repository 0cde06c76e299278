"""Costs of agency and own staff: record them, compare them, and change what the comparison rests on."""

from typing import Annotated

import typer

from socrekry.cli.options import DryRun, OnlyUnit, ReportFormats, RowFormats, TableJson
from socrekry.cli.session import reading, writing
from socrekry.cli.settings import clock, current
from socrekry.domain.amounts import parse_amount
from socrekry.domain.costs import Period, parse_kind
from socrekry.locale import N_
from socrekry.render.assumptions import assumption_page, assumptions_page
from socrekry.render.costs import cost_page, costs_page
from socrekry.render.output import write
from socrekry.services import assumptions as assuming
from socrekry.services import costs as service

_UNIT, _PERIOD = N_("UNIT"), N_("TERM|YEAR")


def _read_period(value: str | Period) -> Period:
    return value if isinstance(value, Period) else Period.parse(value)


def add_cost(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="agency|own-staff", parser=parse_kind, help=N_("Whose cost: agency or own staff.")
        ),
    ],
    period: Annotated[
        Period, typer.Argument(metavar=_PERIOD, parser=_read_period, help=N_("A year as 2018, or a term."))
    ],
    sek: Annotated[list[str], typer.Argument(metavar="SEK", help=N_("The amount, as 1500000 or 1,5 Mkr."))],
    unit: Annotated[
        str | None, typer.Option(metavar=_UNIT, help=N_("The unit whose cost it is; no unit’s if left out."))
    ] = None,
    dry_run: DryRun = False,
    format: TableJson = "table",
) -> None:
    """Record what agency or own staff cost in a year or a term.

    Recorded again, the amount replaces the one before, and the answer says what that was. All amounts are
    added up: what stands under a unit is not part of the amount without one, and a year is not recorded
    beside its terms.

        socrekry add-cost agency 2018 6,9 Mkr
        socrekry add-cost own-staff VT2026 1 250 000 --unit "Barn och unga"
    """
    amount = parse_amount(" ".join(sek))
    with writing("add-cost", dry_run=dry_run) as w:
        cost = service.add_cost(w, kind, period, amount, unit)
    write(cost_page(cost, dry_run=dry_run), format, current().output)


def costs(
    from_: Annotated[
        Period | None,
        typer.Option("--from", metavar=_PERIOD, parser=_read_period, help=N_("The first year or term.")),
    ] = None,
    to: Annotated[
        Period | None,
        typer.Option("--to", metavar=_PERIOD, parser=_read_period, help=N_("The last year or term.")),
    ] = None,
    unit: OnlyUnit = None,
    format: ReportFormats = "table",
) -> None:
    """List the costs of staff, and what the agency staff would have paid instead.

    The comparison says what the same work would have cost with own staff, and how many trainee posts the
    money would have paid. It rests on assumptions, which are shown with it.

        socrekry costs --from 2015 --to 2018
    """
    from socrekry.reports.asking import Question, scope_of
    from socrekry.reports.costs import costs, terms_of

    today = clock().today
    with reading() as store:
        scope = scope_of(store, Question(today, terms_of(from_, to), None, unit), today)
        found = costs(store, scope)
    write(costs_page(found, scope.unit), format, current().output)


def assumptions(format: RowFormats = "table") -> None:
    """List what the comparison of costs rests on.

    Each figure with its value, what it means and where it comes from: a source, an estimate or your own.
    """
    with reading() as store:
        found = assuming.assumptions(store)
    write(assumptions_page(found), format, current().output)


def assume(
    name: Annotated[
        str, typer.Argument(metavar=N_("NAME"), help=N_("Which assumption; socrekry assumptions lists them."))
    ],
    value: Annotated[
        list[str] | None, typer.Argument(metavar=N_("VALUE"), help=N_("Your own figure, in the same unit."))
    ] = None,
    default: Annotated[
        bool, typer.Option("--default", help=N_("Put back the figure that comes along."))
    ] = False,
    dry_run: DryRun = False,
    format: TableJson = "table",
) -> None:
    """Change what the comparison of costs rests on.

    The figure is kept in the store and holds for all who use it.

        socrekry assume own-staff-year 700 000
        socrekry assume own-staff-year --default
    """
    text = assuming.one_of(" ".join(value or ()), default=default)
    with writing("assume", dry_run=dry_run) as w:
        recorded = assuming.assume(w, name, text)
    write(assumption_page(recorded, dry_run=dry_run), format, current().output)
