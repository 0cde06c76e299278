"""Let candidacies rest: pause, resume."""

from datetime import date
from typing import Annotated

import typer

from socrekry.cli.answers import answer_outcomes
from socrekry.cli.choosing import meant
from socrekry.cli.options import TODAY, AllOrNothing, DryRun, Ids, OnDate, OutcomeFormats, read_date
from socrekry.cli.session import writing
from socrekry.domain.intents import PAUSE_REASONS
from socrekry.locale import N_
from socrekry.services import moves


def pause(
    ids: Ids,
    until: Annotated[
        date,
        typer.Option(metavar=N_("DATE"), parser=read_date, help=N_("The day on which it is taken up again.")),
    ],
    reason: Annotated[
        str, typer.Option(metavar="|".join(PAUSE_REASONS), help=N_("Why; never a diagnosis."))
    ] = "other",
    on: OnDate = TODAY,
    all_or_nothing: AllOrNothing = False,
    dry_run: DryRun = False,
    format: OutcomeFormats = "table",
) -> int:
    """Pause candidacies; the time is left out of stay times.

    socrekry does not move a candidacy while it rests. A seat that it holds, it keeps.
    """
    with writing("pause", dry_run=dry_run) as w:
        done = moves.pause(
            w, meant(w.store, ids), on, until=until, reason=reason, all_or_nothing=all_or_nothing
        )
    return answer_outcomes(done, format, dry_run)


def resume(
    ids: Ids,
    on: OnDate = TODAY,
    all_or_nothing: AllOrNothing = False,
    dry_run: DryRun = False,
    format: OutcomeFormats = "table",
) -> int:
    """Take up candidacies that were paused."""
    with writing("resume", dry_run=dry_run) as w:
        done = moves.resume(w, meant(w.store, ids), on, all_or_nothing=all_or_nothing)
    return answer_outcomes(done, format, dry_run)
