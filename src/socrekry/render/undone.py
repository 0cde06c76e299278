"""What an undo took back."""

from socrekry.locale import _, ngettext
from socrekry.render.outcomes import outcome_json, outcomes_page
from socrekry.render.parts import Line, Page
from socrekry.services.undoing import Undo


def undone_page(undone: Undo, *, dry_run: bool = False) -> Page:
    """Return the page of an undo: which command, each candidacy, and what beside the log."""
    head = _("Taken back: {command}, {at}").format(
        command=undone.command, at=undone.recorded_at[:16].replace("T", " ")
    )
    rows = len(undone.reversed)
    beside = ngettext("{n} detail put back", "{n} details put back", rows).format(n=rows)
    page = outcomes_page(undone.outcomes, dry_run=dry_run)
    parts = [Line(head, "strong"), *page.parts, *([Line(beside)] if rows else [])]
    return Page(
        parts,
        {
            "command": undone.command,
            "recorded_at": undone.recorded_at,
            "candidacies": [outcome_json(each) for each in undone.outcomes],
            "put_back": [each._asdict() for each in undone.reversed],
        },
    )
