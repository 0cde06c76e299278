"""A page as plain text, for a pipe or a file: aligned columns, nothing wrapped, nothing cut.

No box and no escape code: what a script reads here is what a person would type.
"""

from collections.abc import Sequence

from socrekry.render.layout import (
    PAGE_WIDTH,
    Laid,
    Prepared,
    heading_width,
    laid_out,
    measure_of,
    prepared,
)
from socrekry.render.parts import Heading, Page


def plain(page: Page) -> str:
    """Return the whole page, each line ended by a newline."""
    parts = prepared(page.parts)
    measure = min(measure_of(parts), PAGE_WIDTH)
    return "".join(unstyled(line) + "\n" for part in parts for line in _lines(part, measure))


def _lines(part: Prepared, measure: int) -> Sequence[Laid]:
    """Return the lines of a part; a heading that no page is wide enough for has its aside below."""
    match part:
        case Heading(title, aside) if aside and heading_width(part) > PAGE_WIDTH:
            return [*laid_out(Heading(title), measure), *laid_out(Heading(aside), measure)]
    return laid_out(part, measure)


def unstyled(line: Laid) -> str:
    """Return the text of a line, without the spaces it may end in."""
    return "".join(span.text for span in line).rstrip()
