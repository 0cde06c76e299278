"""Note something about a candidate: note."""

import sys
from typing import Annotated

import typer

from socrekry.cli.choosing import the_one_meant
from socrekry.cli.options import TODAY, DryRun, OnDate, OneId, TableJson
from socrekry.cli.session import writing
from socrekry.cli.settings import current
from socrekry.locale import N_
from socrekry.render.notes import noted_page
from socrekry.render.output import write
from socrekry.services import notes


def note(
    id: OneId,
    text: Annotated[str, typer.Argument(metavar=N_("TEXT"), help=N_("The note; - reads it from stdin."))],
    on: OnDate = TODAY,
    dry_run: DryRun = False,
    format: TableJson = "table",
) -> None:
    """Write a note about a candidate.

    A note is part of the record and can be read by whoever asks for it: no opinions, nothing about health.
    """
    words = sys.stdin.read().strip() if text == "-" else text
    with writing("note", dry_run=dry_run) as w:
        noted = notes.note(w, the_one_meant(w.store, id), words, on)
    write(noted_page(noted, dry_run=dry_run), format, current().output)
