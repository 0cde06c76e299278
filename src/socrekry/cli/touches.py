"""Who took part in an activity: add-touch, remove-touch."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, TypeAlias

import typer

from socrekry.cli.choosing import the_person_meant
from socrekry.cli.exits import ExitCode, exit_code_of, worst
from socrekry.cli.options import AllOrNothing, DryRun, OutcomeFormats, read_date, read_ids
from socrekry.cli.session import writing
from socrekry.cli.settings import current
from socrekry.domain.errors import InvalidInput
from socrekry.domain.ids import parsed_id
from socrekry.locale import N_
from socrekry.render.activities import touched_page
from socrekry.render.output import write
from socrekry.services import touches as service
from socrekry.services.activities import Activity
from socrekry.services.touches import Touched
from socrekry.store.connect import Store

Words: TypeAlias = Annotated[
    list[str],
    typer.Argument(
        metavar="ID A-1",
        callback=read_ids,
        help=N_("Candidates (an id, an e-mail, part of a name, - for stdin), and last the activity."),
    ),
]


def add_touch(
    words: Words,
    on: Annotated[
        date | None,
        typer.Option(
            metavar=N_("DATE"),
            parser=read_date,
            help=N_("The day on which they took part; the activity’s if left out."),
        ),
    ] = None,
    all_or_nothing: AllOrNothing = False,
    dry_run: DryRun = False,
    format: OutcomeFormats = "table",
) -> int:
    """Note that candidates took part in an activity.

    The day is the activity's, unless --on says another. A report counts whoever took part in several for
    the first of them, or shares her among them.

        socrekry add-touch C-1 C-2 A-3
        socrekry list --tag mässa --format ids | socrekry add-touch - "Socionomdagen"
    """
    refs, ref = _parted(words)
    with writing("add-touch", dry_run=dry_run) as w:
        activity, done = service.add_touches(w, _meant(w.store, refs), ref, on, all_or_nothing=all_or_nothing)
    return _answer(activity, done, format, added=True, dry_run=dry_run)


def remove_touch(
    words: Words,
    all_or_nothing: AllOrNothing = False,
    dry_run: DryRun = False,
    format: OutcomeFormats = "table",
) -> int:
    """Take away that candidates took part in an activity."""
    refs, ref = _parted(words)
    with writing("remove-touch", dry_run=dry_run) as w:
        activity, done = service.remove_touches(w, _meant(w.store, refs), ref, all_or_nothing=all_or_nothing)
    return _answer(activity, done, format, added=False, dry_run=dry_run)


def _parted(words: Sequence[str]) -> tuple[Sequence[str], str]:
    """Part the candidates from the activity, which is named last."""
    *refs, last = words or ("",)
    if not last or parsed_id(last) is not None:
        raise InvalidInput("activity-missing")
    return refs, last


def _meant(store: Store, refs: Sequence[str]) -> Sequence[str]:
    return [the_person_meant(store, ref) for ref in refs]


def _answer(
    activity: Activity, outcomes: Sequence[Touched], format: str, *, added: bool, dry_run: bool
) -> int:
    """Print one entry for each id; return the exit code of the command."""
    if len(outcomes) == 1 and outcomes[0].error is not None:
        raise outcomes[0].error
    write(touched_page(activity, outcomes, added=added, dry_run=dry_run), format, current().output)
    return worst(_code_of(each) for each in outcomes)


def _code_of(outcome: Touched) -> int:
    return ExitCode.DONE if outcome.error is None else min(exit_code_of(outcome.error), ExitCode.DAMAGED)
