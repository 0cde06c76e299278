"""Supervisors and mentors of candidates: assign, unassign."""

from typing import Annotated

import typer

from socrekry.cli.answers import answer_outcomes
from socrekry.cli.choosing import meant
from socrekry.cli.options import TODAY, AllOrNothing, DryRun, Ids, OnDate, OutcomeFormats
from socrekry.cli.session import writing
from socrekry.locale import N_
from socrekry.services import noting


def assign(
    ids: Ids,
    supervisor: Annotated[
        str | None, typer.Option(metavar="S-1", help=N_("The supervisor: an id or part of a name."))
    ] = None,
    mentor: Annotated[
        str | None, typer.Option(metavar="S-1", help=N_("The mentor: an id or part of a name."))
    ] = None,
    on: OnDate = TODAY,
    all_or_nothing: AllOrNothing = False,
    dry_run: DryRun = False,
    format: OutcomeFormats = "table",
) -> int:
    """Give candidates a supervisor or a mentor.

    The earlier assignment in that role ends the same day. Nobody is given more candidates in a term
    than she has room for.
    """
    with writing("assign", dry_run=dry_run) as w:
        done = noting.assign(
            w, meant(w.store, ids), on, supervisor=supervisor, mentor=mentor, all_or_nothing=all_or_nothing
        )
    return answer_outcomes(done, format, dry_run)


def unassign(
    ids: Ids,
    supervisor: Annotated[
        bool, typer.Option("--supervisor", help=N_("End the supervisor's assignment."))
    ] = False,
    mentor: Annotated[bool, typer.Option("--mentor", help=N_("End the mentor's assignment."))] = False,
    on: OnDate = TODAY,
    all_or_nothing: AllOrNothing = False,
    dry_run: DryRun = False,
    format: OutcomeFormats = "table",
) -> int:
    """End a supervisor's or a mentor's assignment.

    Without --supervisor or --mentor, every assignment that runs.
    """
    roles = [role for role, chosen in (("supervisor", supervisor), ("mentor", mentor)) if chosen]
    with writing("unassign", dry_run=dry_run) as w:
        done = noting.unassign(w, meant(w.store, ids), on, roles=roles, all_or_nothing=all_or_nothing)
    return answer_outcomes(done, format, dry_run)
