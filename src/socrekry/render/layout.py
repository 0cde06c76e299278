"""Where each text of a part stands: lines of styled spans, columns aligned by cells.

The one layout that a pipe and a terminal share. It never wraps and never cuts: a line is as long as
it must be, and a terminal lays out so only what fits. It lays out what ``prepared`` returns, where every
text has become harmless and every column is measured, once.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeAlias

from socrekry.render.parts import Column, Facts, Gap, Grid, Heading, Line, Part, Style
from socrekry.render.text import clean, padded, width

PAGE_WIDTH = 80
GAP = 2


class Span(NamedTuple):
    """A stretch of text in one style."""

    text: str
    style: Style = ""


Laid: TypeAlias = tuple[Span, ...]


class Measured(NamedTuple):
    """A grid, and the cells that each column needs for its title and its widest cell."""

    grid: Grid
    widths: tuple[int, ...]


Prepared: TypeAlias = Heading | Line | Measured | Gap


def prepared(parts: Iterable[Part]) -> list[Prepared]:
    """Return the parts with every text cleaned, facts as the grid that they are, grids measured."""
    return [_prepared(part) for part in parts]


def _prepared(part: Part) -> Prepared:
    match part:
        case Heading():
            return Heading(clean(part.title), clean(part.aside))
        case Line():
            return Line(clean(part.text), part.style)
        case Facts():
            return _prepared(part.grid)
        case Grid():
            columns = tuple(column._replace(title=clean(column.title)) for column in part.columns)
            return measured(Grid(columns, [[clean(cell) for cell in row] for row in part.rows]))
        case Gap():
            return part


def measured(grid: Grid) -> Measured:
    """Return the grid with the widths of its columns."""
    titles = [column.title for column in grid.columns]
    return Measured(grid, tuple(max(map(width, cells)) for cells in zip(titles, *grid.rows, strict=True)))


def laid_out(part: Prepared, measure: int, gap: int = GAP) -> list[Laid]:
    """Return the lines of one part; an aside ends at ``measure`` cells, ``gap`` spaces part columns."""
    match part:
        case Heading():
            return [_heading(part, measure)]
        case Line():
            return [(Span(part.text, part.style),)]
        case Measured(grid, widths):
            return _grid(grid, widths, gap)
        case Gap():
            return [()]


def measure_of(parts: Iterable[Prepared], gap: int = GAP) -> int:
    """Return the cells of the widest grid: where the asides of headings end."""
    return max((grid_width(part, gap) for part in parts if isinstance(part, Measured)), default=0)


def heading_width(heading: Heading) -> int:
    """Return the cells that the heading takes at least."""
    return width(heading.title) + (GAP + width(heading.aside) if heading.aside else 0)


def grid_width(part: Measured, gap: int = GAP) -> int:
    """Return the cells that the grid takes when nothing wraps."""
    return sum(part.widths) + gap * (len(part.widths) - 1)


def _heading(heading: Heading, measure: int) -> Laid:
    title = Span(heading.title, "strong")
    if not heading.aside:
        return (title,)
    between = max(measure - width(heading.title) - width(heading.aside), GAP)
    return (title, Span(" " * between), Span(heading.aside, "quiet"))


def _grid(grid: Grid, widths: Sequence[int], gap: int) -> list[Laid]:
    lines: list[Laid] = []
    if any(column.title for column in grid.columns):
        titles = [column.title for column in grid.columns]
        lines.append((Span(_aligned(titles, grid.columns, widths, gap), "strong"),))
    if any(column.style for column in grid.columns):
        lines.extend(_styled(row, grid.columns, widths, gap) for row in grid.rows)
    else:
        lines.extend((Span(_aligned(row, grid.columns, widths, gap)),) for row in grid.rows)
    return lines


def _aligned(row: Sequence[str], columns: Sequence[Column], widths: Sequence[int], gap: int) -> str:
    cells = [
        padded(cell, cells, right=column.align == "right")
        for cell, column, cells in zip(row, columns, widths, strict=True)
    ]
    return (" " * gap).join(cells).rstrip()


def _styled(row: Sequence[str], columns: Sequence[Column], widths: Sequence[int], gap: int) -> Laid:
    spans: list[Span] = []
    for cell, column, cells in zip(row, columns, widths, strict=True):
        space = " " * (cells - width(cell))
        before, after = (space, "") if column.align == "right" else ("", space)
        spans += Span(before), Span(cell, column.style), Span(after + " " * gap)
    while spans and not spans[-1].text.strip():
        spans.pop()
    return tuple(span for span in spans if span.text)
