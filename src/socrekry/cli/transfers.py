"""Move candidates sideways: transfer."""

from typing import Annotated

import typer

from socrekry.cli.answers import answer_outcomes
from socrekry.cli.choosing import meant
from socrekry.cli.options import TODAY, AllOrNothing, DryRun, Ids, OnDate, OutcomeFormats, TermOption
from socrekry.cli.session import writing
from socrekry.locale import N_
from socrekry.services import moves


def transfer(
    ids: Ids,
    term: TermOption = None,
    unit: Annotated[str | None, typer.Option(metavar=N_("UNIT"), help=N_("To this unit."))] = None,
    cohort: Annotated[
        str | None, typer.Option(metavar="K-1", help=N_("To this cohort: its id or its name."))
    ] = None,
    on: OnDate = TODAY,
    all_or_nothing: AllOrNothing = False,
    dry_run: DryRun = False,
    format: OutcomeFormats = "table",
) -> int:
    """Move candidates to another term, unit or cohort.

    The stage stays the same, and so does the pipeline. A seat falls free here and is taken there, if
    there is one.

        socrekry transfer C-4 --term HT2026
    """
    to = moves.Destination(term, unit, cohort)
    with writing("transfer", dry_run=dry_run) as w:
        done = moves.transfer(w, meant(w.store, ids), on, to=to, all_or_nothing=all_or_nothing)
    return answer_outcomes(done, format, dry_run)
