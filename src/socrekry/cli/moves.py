"""Move candidates: advance, close, reopen, reserve."""

from typing import Annotated

import typer

from socrekry.cli.answers import Facts, answer_outcomes, facts_typed
from socrekry.cli.choosing import meant
from socrekry.cli.options import TODAY, AllOrNothing, DryRun, Ids, OnDate, OutcomeFormats
from socrekry.cli.session import writing
from socrekry.domain.intents import OUTCOMES, PARTIES
from socrekry.locale import N_
from socrekry.services import moves

_REASON = N_("Why, in your own words; kept apart from the log, and erasable.")


def advance(
    ids: Ids,
    to: Annotated[
        str | None, typer.Option("--to", metavar=N_("STAGE"), help=N_("The stage to move to."))
    ] = None,
    from_: Annotated[
        str | None,
        typer.Option("--from", metavar=N_("STAGE"), help=N_("Refuse (exit 5) unless it stands there.")),
    ] = None,
    with_: Facts = None,
    supervisor: Annotated[
        str | None, typer.Option(metavar="S-1", help=N_("Assign this supervisor along with it."))
    ] = None,
    mentor: Annotated[
        str | None, typer.Option(metavar="S-1", help=N_("Assign this mentor along with it."))
    ] = None,
    reason: Annotated[str | None, typer.Option(metavar=N_("TEXT"), help=_REASON)] = None,
    override: Annotated[
        str | None,
        typer.Option(metavar=N_("TEXT"), help=N_("Set aside the guards that may be, and say why.")),
    ] = None,
    on: OnDate = TODAY,
    all_or_nothing: AllOrNothing = False,
    dry_run: DryRun = False,
    format: OutcomeFormats = "table",
) -> int:
    """Move candidates to the next stage, or to one you name.

    What --with records and --supervisor and --mentor assign belongs to the same transaction: either
    all of it happens or nothing. A refusal names every guard that is not met, and the command that helps.

        socrekry advance C-1 --with assessment
        socrekry advance C-1 --to placement --with university-confirmed --supervisor S-1 --mentor S-2
        socrekry list --stage applied --format ids | socrekry advance -
    """
    along = moves.Along(facts_typed(with_, on), supervisor, mentor, reason, override)
    with writing("advance", dry_run=dry_run) as w:
        done = moves.advance(
            w, meant(w.store, ids), on, to=to, from_stage=from_, along=along, all_or_nothing=all_or_nothing
        )
    return answer_outcomes(done, format, dry_run)


def close(
    ids: Ids,
    outcome: Annotated[str, typer.Option(metavar=N_("OUTCOME"), help=" ".join(OUTCOMES))],
    reason: Annotated[str | None, typer.Option(metavar=N_("TEXT"), help=_REASON)] = None,
    by: Annotated[
        str | None,
        typer.Option(metavar="|".join(PARTIES), help=N_("Who ended it, where the outcome does not say.")),
    ] = None,
    on: OnDate = TODAY,
    all_or_nothing: AllOrNothing = False,
    dry_run: DryRun = False,
    format: OutcomeFormats = "table",
) -> int:
    """Close candidacies that lead no further, and say why.

    A seat that falls free names who is first on the waiting list.

        socrekry close C-7 --outcome declined --reason "valde annan kommun"
    """
    with writing("close", dry_run=dry_run) as w:
        done = moves.close(
            w, meant(w.store, ids), on, outcome=outcome, reason=reason, by=by, all_or_nothing=all_or_nothing
        )
    return answer_outcomes(done, format, dry_run)


def reopen(
    ids: Ids,
    on: OnDate = TODAY,
    all_or_nothing: AllOrNothing = False,
    dry_run: DryRun = False,
    format: OutcomeFormats = "table",
) -> int:
    """Reopen candidacies that were closed.

    Each goes on from the stage where it was closed, if there is still a seat for it.
    """
    with writing("reopen", dry_run=dry_run) as w:
        done = moves.reopen(w, meant(w.store, ids), on, all_or_nothing=all_or_nothing)
    return answer_outcomes(done, format, dry_run)


def reserve(
    ids: Ids,
    rank: Annotated[
        int | None, typer.Option(metavar="N", help=N_("The place on the list; 1 is first in line."))
    ] = None,
    reason: Annotated[str | None, typer.Option(metavar=N_("TEXT"), help=_REASON)] = None,
    on: OnDate = TODAY,
    all_or_nothing: AllOrNothing = False,
    dry_run: DryRun = False,
    format: OutcomeFormats = "table",
) -> int:
    """Put candidates on the waiting list for a seat.

    Without --rank, who came first is first in line. Again with --rank changes the place.
    """
    with writing("reserve", dry_run=dry_run) as w:
        done = moves.reserve(
            w, meant(w.store, ids), on, rank=rank, reason=reason, all_or_nothing=all_or_nothing
        )
    return answer_outcomes(done, format, dry_run)
