"""A page on a terminal: calm, no wider than the screen, nothing cut.

It stands as it does in a pipe, with a little weight and colour added, and with columns further apart
where there is room; what is too wide has been wrapped first.
"""

from socrekry.render.fitting import fitted
from socrekry.render.layout import GAP, Laid, grid_width, laid_out, measure_of, prepared
from socrekry.render.parts import Grid, Page, Style
from socrekry.render.plain import unstyled

ROOMY = GAP + 1

# Bold, faint and yellow (ECMA-48, SGR): what every terminal knows, on light and dark screens alike.
_CODES: dict[Style, str] = {"strong": "1", "quiet": "2", "warning": "33"}


def on_terminal(page: Page, columns: int, *, painted: bool = True) -> str:
    """Return the page for a screen of ``columns`` cells, without escape codes unless ``painted``."""
    parts = prepared(page.parts)
    roomy = all(grid_width(part, ROOMY) <= columns for part in parts if isinstance(part, Grid))
    gap = ROOMY if roomy else GAP
    parts = [fits for part in parts for fits in fitted(part, columns)]
    measure = measure_of(parts, gap)
    shown = _painted if painted else unstyled
    return "".join(shown(line) + "\n" for part in parts for line in laid_out(part, measure, gap))


def _painted(line: Laid) -> str:
    return "".join(
        f"\x1b[{_CODES[span.style]}m{span.text}\x1b[0m" if span.style else span.text for span in line
    ).rstrip()
