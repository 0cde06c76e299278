"""Show what a command did to each id, and choose its exit code: the gravest of them."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, TypeAlias

import typer

from socrekry.cli.exits import ExitCode, exit_code_of, worst
from socrekry.cli.settings import current
from socrekry.locale import N_
from socrekry.render.outcomes import outcomes_page
from socrekry.render.output import write
from socrekry.services.acting import Outcome
from socrekry.services.noting import NewFact, parse_fact

Facts: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--with", metavar=N_("FACT[=VALUE]"), help=N_("Record this fact along with it.")),
]


def answer_outcomes(outcomes: Sequence[Outcome], format: str, dry_run: bool) -> int:
    """Print one entry for each id; return the exit code of the command."""
    if len(outcomes) == 1 and outcomes[0].error is not None:
        raise outcomes[0].error
    write(outcomes_page(outcomes, dry_run=dry_run), format, current().output)
    return worst(code_of(each) for each in outcomes)


def facts_typed(words: Sequence[str] | None, on: date, seen_by: str | None = None) -> tuple[NewFact, ...]:
    """Return the facts that were typed as ``FACT`` or ``FACT=VALUE``."""
    return tuple(parse_fact(word, on, seen_by) for word in words or ())


def code_of(outcome: Outcome) -> int:
    """Return what a script is told of one id; a bug ends the command and is no outcome."""
    if outcome.error is not None:
        return min(exit_code_of(outcome.error), ExitCode.DAMAGED)
    return ExitCode.DONE if outcome.done else ExitCode.REFUSED
