"""What was noted about a candidate."""

from socrekry.locale import _
from socrekry.render.parts import Line, Page, not_kept


def noted_page(candidacy: str, *, dry_run: bool = False) -> Page:
    """Return the page of a note that was made."""
    said = Line(_("Noted about {id}.").format(id=candidacy))
    return Page([said, *not_kept(dry_run)], {"id": candidacy.partition(".")[0], "candidacy": candidacy})
