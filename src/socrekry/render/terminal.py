"""A page on a terminal, through Rich: calm, no wider than the screen, nothing cut.

What fits stands as it does in a pipe, with a little weight and colour added, and with columns further apart
where there is room; Rich wraps the rest. Only a terminal may read this room: Rich costs a start-up of
its own, and whatever reads a pipe would wait for it in vain.
"""

import re
from collections.abc import Sequence
from io import StringIO

from rich.console import Console, Group, RenderableType
from rich.text import Text

from socrekry.render.layout import (
    GAP,
    Laid,
    Measured,
    Prepared,
    grid_width,
    heading_width,
    laid_out,
    measure_of,
    measured,
    prepared,
)
from socrekry.render.parts import Column, Gap, Grid, Heading, Line, Page, Style
from socrekry.render.text import width

ROOMY = GAP + 1
_NARROWEST = 12  # cells; where a flexible column would get fewer, the rigid ones wrap too
_LEAST = 8  # cells a column; with fewer, ids and dates would be broken, and each row becomes a block

_STYLES: dict[Style, str] = {"": "", "strong": "bold", "quiet": "dim", "warning": "yellow"}
_SPACES_AT_AN_END = re.compile(r"(?<! ) ++(\x1b\[0m)? *+$", re.MULTILINE)


def on_terminal(page: Page, columns: int, *, painted: bool = True) -> str:
    """Return the page for a screen of ``columns`` cells, without escape codes unless ``painted``."""
    parts = prepared(page.parts)
    roomy = all(grid_width(part, ROOMY) <= columns for part in parts if isinstance(part, Measured))
    gap = ROOMY if roomy else GAP
    measure = min(measure_of(parts, gap), columns)
    shown = (each for part in parts for each in _shown(part, columns, measure, gap))
    return drawn(Group(*shown), columns, painted=painted)


def drawn(thing: RenderableType, columns: int, *, painted: bool) -> str:
    """Return what Rich prints of ``thing``, without the spaces that a line may end in."""
    printed = StringIO()
    console = Console(
        file=printed,
        width=columns,
        height=25,  # of no use here, but without it Rich asks the terminal for its size once more
        force_terminal=painted,
        color_system="auto" if painted else None,  # none: no colour, and no bold either
        force_jupyter=False,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )
    console.print(thing, crop=False)
    return _SPACES_AT_AN_END.sub(r"\1", printed.getvalue())


def _shown(part: Prepared, columns: int, measure: int, gap: int) -> list[RenderableType]:
    match part:
        case Heading(title, aside) if heading_width(part) > columns:
            return [Text(title, "bold"), *([Text(aside, "dim")] if aside else [])]
        case Line(text, style) if width(text) > columns:
            return [_prose(text, style, columns)]
        case Measured() if grid_width(part, gap) > columns:
            return [_table(part, columns)]
        case Heading() | Line() | Measured() | Gap():
            return [_whole(line) for line in laid_out(part, measure, gap)]


def _whole(line: Laid) -> Text:
    spans = ((span.text, _STYLES[span.style]) for span in line)
    return Text.assemble(*spans, no_wrap=True, overflow="ignore")


def _prose(text: str, style: Style, columns: int) -> RenderableType:
    """Return the text to be broken at words; lines that follow keep the indentation of the first."""
    from rich.padding import Padding

    words = text.lstrip(" ")
    indentation = min(len(text) - len(words), columns // 2)
    return Padding(Text(words, _STYLES[style]), (0, 0, 0, indentation))


def _table(part: Measured, columns: int) -> RenderableType:
    """Return a table in which flexible columns wrap or, where that leaves too little, every column does."""
    from rich.table import Table

    grid, widths = part
    if columns < len(widths) * (_LEAST + GAP):
        grid, widths = measured(_blocks(grid))
    crowded = _least(grid.columns, widths) > columns
    table = Table(box=None, padding=(0, GAP, 0, 0), pad_edge=False, header_style="none")
    table.show_header = any(column.title for column in grid.columns)
    for column, cells in zip(grid.columns, widths, strict=True):
        table.add_column(
            Text(column.title, "bold"),
            justify="right" if column.align == "right" else "default",
            overflow="fold",
            width=None if crowded or column.flexible else max(cells, 1),
        )
    for row in grid.rows:
        cells_and_columns = zip(row, grid.columns, strict=True)
        table.add_row(*(Text(cell, _STYLES[column.style]) for cell, column in cells_and_columns))
    return table


def _least(columns: Sequence[Column], widths: Sequence[int]) -> int:
    least = [
        min(cells, _NARROWEST) if column.flexible else cells
        for column, cells in zip(columns, widths, strict=True)
    ]
    return sum(least) + GAP * (len(least) - 1)


def _blocks(grid: Grid) -> Grid:
    """Return a title and a cell a line, an empty line between rows."""
    pairs: list[tuple[str, str]] = []
    for row in grid.rows:
        pairs += [("", "")] if pairs else []
        pairs += [(column.title, cell) for column, cell in zip(grid.columns, row, strict=True) if cell]
    return Grid((Column("", style="quiet"), Column("", flexible=True)), pairs)
