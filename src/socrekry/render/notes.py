"""What was noted about a candidate."""

from socrekry.locale import _
from socrekry.render.parts import Line, Page


def noted_page(candidacy: str, *, dry_run: bool = False) -> Page:
    """Return the page of a note that was made."""
    said = [Line(_("Noted about {id}.").format(id=candidacy))]
    if dry_run:
        said.append(Line(_("Nothing was kept: this was a dry run."), "quiet"))
    return Page(said, {"id": candidacy.partition(".")[0], "candidacy": candidacy})
