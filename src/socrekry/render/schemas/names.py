"""The names of the schemas that there are, as a page: each is a command, or ``error``."""

from socrekry.locale import _
from socrekry.render.parts import Line, Page
from socrekry.render.schemas import SCHEMAS


def names_page() -> Page:
    """Return the page of all names, one a line, as another command may read them."""
    names = sorted(SCHEMAS)
    hint = Line(_("The form of an answer: socrekry schema NAME"), "quiet")
    return Page([*(Line(name) for name in names), hint], names, None, names)
