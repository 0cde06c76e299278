"""Supervisors and mentors of candidates, and of those in no pipeline: assign, unassign."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from socrekry.cli.answers import answer_outcomes
from socrekry.cli.choosing import meant
from socrekry.cli.exits import ExitCode
from socrekry.cli.options import TODAY, AllOrNothing, DryRun, OnDate, OutcomeFormats, TermOption, read_ids
from socrekry.cli.session import writing
from socrekry.cli.settings import current
from socrekry.domain.errors import InvalidInput
from socrekry.domain.term import Term
from socrekry.locale import N_
from socrekry.render.output import write
from socrekry.services import noting

if TYPE_CHECKING:
    from socrekry.services.externals import External


def _ids_if_any(words: Sequence[str] | None) -> list[str]:
    return read_ids(words or ())


_Ids: TypeAlias = Annotated[
    list[str] | None,
    typer.Argument(
        metavar=N_("ID"),
        callback=_ids_if_any,
        help=N_("An id (C-1, C-1.2), an e-mail or part of a name; - reads ids from stdin."),
    ),
]
_Label: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--external",
        metavar=N_("LABEL"),
        help=N_("Somebody in no pipeline, as “VFU-student Örebro”: a label, nobody’s name."),
    ),
]


def assign(
    ids: _Ids = None,
    supervisor: Annotated[
        str | None, typer.Option(metavar="S-1", help=N_("The supervisor: an id or part of a name."))
    ] = None,
    mentor: Annotated[
        str | None, typer.Option(metavar="S-1", help=N_("The mentor: an id or part of a name."))
    ] = None,
    external: _Label = None,
    term: TermOption = None,
    on: OnDate = TODAY,
    all_or_nothing: AllOrNothing = False,
    dry_run: DryRun = False,
    format: OutcomeFormats = "table",
) -> int:
    """Give candidates a supervisor or a mentor.

    The earlier assignment in that role ends the same day. Nobody is given more candidates in a term
    than she has room for.

    With --external, an ordinary placement student takes a place, in the term given or in the one that
    runs on the day.

        socrekry assign C-1 --supervisor S-1
        socrekry assign --external "VFU-student Örebro" --supervisor S-1 --term HT2026
    """
    _require_one(ids, external, term)
    if external is not None:
        from socrekry.services.externals import assign_external

        with writing("assign", dry_run=dry_run) as w:
            had = assign_external(w, external, on, supervisor=supervisor, mentor=mentor, term=term)
        return _answer(had, format, dry_run)
    with writing("assign", dry_run=dry_run) as w:
        refs = meant(w.store, ids or ())
        done = noting.assign(w, refs, on, supervisor=supervisor, mentor=mentor, all_or_nothing=all_or_nothing)
    return answer_outcomes(done, format, dry_run)


def unassign(
    ids: _Ids = None,
    supervisor: Annotated[
        bool, typer.Option("--supervisor", help=N_("End the supervisor's assignment."))
    ] = False,
    mentor: Annotated[bool, typer.Option("--mentor", help=N_("End the mentor's assignment."))] = False,
    external: _Label = None,
    term: TermOption = None,
    on: OnDate = TODAY,
    all_or_nothing: AllOrNothing = False,
    dry_run: DryRun = False,
    format: OutcomeFormats = "table",
) -> int:
    """End a supervisor's or a mentor's assignment.

    Without --supervisor or --mentor, every assignment that runs. With --external, that of somebody in no
    pipeline; --term says which, where the label is used in several.
    """
    _require_one(ids, external, term)
    roles = [role for role, chosen in (("supervisor", supervisor), ("mentor", mentor)) if chosen]
    if external is not None:
        from socrekry.services.externals import unassign_external

        with writing("unassign", dry_run=dry_run) as w:
            ended = unassign_external(w, external, on, term=term, roles=roles)
        return _answer(ended, format, dry_run)
    with writing("unassign", dry_run=dry_run) as w:
        refs = meant(w.store, ids or ())
        done = noting.unassign(w, refs, on, roles=roles, all_or_nothing=all_or_nothing)
    return answer_outcomes(done, format, dry_run)


def _answer(externals: Sequence["External"], format: str, dry_run: bool) -> int:
    from socrekry.render.externals import externals_page

    write(externals_page(externals, dry_run=dry_run), format, current().output)
    return ExitCode.DONE


def _require_one(ids: Sequence[str] | None, external: str | None, term: Term | None) -> None:
    """Raise InvalidInput unless it is said whether candidates are meant or somebody else."""
    if external is None and term is not None:
        raise InvalidInput("external-missing")
    if external is not None and ids:
        raise InvalidInput("external-with-ids")
    if external is None and ids is None:
        raise InvalidInput("ids-missing")
