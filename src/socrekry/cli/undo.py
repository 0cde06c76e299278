"""Mend mistakes: undo, correct."""

from typing import Annotated

import typer

from socrekry.cli.answers import answer_outcomes, code_of
from socrekry.cli.choosing import meant, the_one_meant
from socrekry.cli.exits import worst
from socrekry.cli.options import TODAY, DryRun, Ids, OnDate, TableJson
from socrekry.cli.session import writing
from socrekry.cli.settings import current
from socrekry.locale import N_
from socrekry.render.output import write
from socrekry.render.undone import undone_page
from socrekry.services import moves, undoing


def undo(
    id: Annotated[
        str | None,
        typer.Argument(
            metavar=N_("ID"),
            help=N_("Whose last change to take back; without it, your last command as a whole."),
        ),
    ] = None,
    dry_run: DryRun = False,
    format: TableJson = "table",
) -> int:
    """Take back the last change.

    Everything that the command did is taken back: a move with its facts and assignments, an import
    with its thirty candidates. Seats and counts follow. Again goes one command further back. The log
    keeps both what was done and that it was taken back.
    """
    with writing("undo", dry_run=dry_run) as w:
        done = undoing.undo(w, the_one_meant(w.store, id)) if id is not None else undoing.undo_last(w)
    write(undone_page(done, dry_run=dry_run), format, current().output)
    return worst(code_of(each) for each in done.outcomes)


def correct(
    ids: Ids,
    stage: Annotated[str, typer.Option(metavar=N_("STAGE"), help=N_("The stage whose date was wrong."))],
    on: OnDate = TODAY,
    dry_run: DryRun = False,
    format: TableJson = "table",
) -> int:
    """Mend the date of a move.

    --on is the day on which the candidate really came to the stage.

        socrekry correct C-1 --stage applied --on 2025-03-02
    """
    with writing("correct", dry_run=dry_run) as w:
        done = moves.correct(w, meant(w.store, ids), on, stage=stage)
    return answer_outcomes(done, format, dry_run)
