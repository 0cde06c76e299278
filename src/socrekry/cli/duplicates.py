"""Candidates who may be one person: duplicates, merge."""

from typing import Annotated

import typer

from socrekry.cli.choosing import the_person_meant
from socrekry.cli.options import DryRun, RowFormats, TableJson, read_ids
from socrekry.cli.session import reading, writing
from socrekry.cli.settings import current
from socrekry.domain.errors import InvalidInput
from socrekry.locale import N_
from socrekry.render.duplicates import apart_page, merged_page, pairs_page
from socrekry.render.output import write
from socrekry.services import duplicates as service


def duplicates(
    ids: Annotated[
        list[str] | None,
        typer.Argument(
            metavar=N_("ID"),
            callback=lambda words: read_ids(words or ()),
            help=N_("Only pairs in which one of these is; an id, an e-mail or part of a name."),
        ),
    ] = None,
    apart: Annotated[
        bool,
        typer.Option(
            "--apart", help=N_("Note that those who are named are two persons, or as many as are named.")
        ),
    ] = False,
    limit: Annotated[
        int, typer.Option(metavar="N", min=1, help=N_("How many pairs at most."))
    ] = service.USUAL_LIMIT,
    all: Annotated[bool, typer.Option("--all", help=N_("Every pair, however many."))] = False,
    dry_run: DryRun = False,
    format: RowFormats = "table",
) -> None:
    """List candidates who may be the same person.

    Alike are those who have the same telephone, however it is written; the same mailbox, dots and +tags
    left out; or names that are alike to at least 90 of 100, unless they study at two universities. Those
    for whom most speaks come first. Whoever has protected identity is not compared.

        socrekry duplicates
        socrekry merge C-1 C-7
        socrekry duplicates --apart C-1 C-7
    """
    refs = ids or []
    if apart:
        if format in ("csv", "ids"):
            raise InvalidInput("format-not-offered", format=format, formats=["table", "json"])
        with writing("duplicates", dry_run=dry_run) as w:
            told = service.tell_apart(w, [the_person_meant(w.store, ref) for ref in refs])
        write(apart_page(told, dry_run=dry_run), format, current().output)
        return
    with reading() as store:
        named = [the_person_meant(store, ref) for ref in refs]
        found = service.duplicates(store, named, limit=None if all else limit)
    write(pairs_page(found), format, current().output)


def merge(
    id: Annotated[str, typer.Argument(metavar="C-1", help=N_("The candidate who is kept."))],
    other: Annotated[str, typer.Argument(metavar="C-7", help=N_("The one who turned out to be the same."))],
    keep: Annotated[
        list[str] | None,
        typer.Option(
            metavar=N_("FIELD=ID"),
            help=N_("Whose detail to keep: name, email, phone, university or graduates, as phone=C-7."),
        ),
    ] = None,
    dry_run: DryRun = False,
    format: TableJson = "table",
) -> None:
    """Merge two candidates who are the same person.

    Both histories are kept. The candidacies of the second get new numbers under the first, and can still be
    found by their old ids. Of the details the first one's are kept, and what is missing there is taken from
    the second; --keep chooses otherwise. Two candidacies that are open in the same cohort become one where
    one of them has just begun.

        socrekry merge C-1 C-7 --keep phone=C-7
        socrekry undo C-1
    """
    from socrekry.services.merging import merge as merged

    choices = dict(_choice(each) for each in keep or ())
    with writing("merge", dry_run=dry_run) as w:
        one, two = (the_person_meant(w.store, ref) for ref in (id, other))
        done = merged(w, one, two, choices)
    write(merged_page(done, dry_run=dry_run), format, current().output)


def _choice(text: str) -> tuple[str, str]:
    field, equals, ref = text.partition("=")
    if not equals or not ref.strip():
        raise InvalidInput("merge-keep-invalid", value=text)
    return field.strip().replace("-", "").casefold(), ref.strip()
