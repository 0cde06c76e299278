"""What is wider than the screen, made to fit it: prose broken at words, flexible columns in their cells.

Wrapping makes parts of parts: a line becomes lines, a row becomes rows, and whoever lays them out
need not know. Nothing is cut, for a cut cell would be a wrong answer: where the rigid columns leave
no room for the others, each row becomes a block, a title and a value a line. Rich would do the same at
the price of a whole further start-up, five times that of a bare Python for a list of fifty rows.
"""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from socrekry.render.layout import GAP, Prepared, column_widths, grid_width, heading_width
from socrekry.render.parts import Column, Gap, Grid, Heading, Line
from socrekry.render.text import width

_NARROWEST = 12


def fitted(part: Prepared, columns: int) -> list[Prepared]:
    """Return the part as parts that take at most ``columns`` cells; one that fits stays as it is."""
    match part:
        case Heading(title, aside) if heading_width(part) > columns:
            titles = [Heading(line) for line in broken(title, columns)]
            return [*titles, *(Line(line, "quiet") for line in broken(aside, columns))]
        case Line(text, style) if width(text) > columns:
            return [Line(line, style) for line in broken(text, columns)]
        case Grid() if grid_width(part) > columns:
            return [_narrowed(part, columns)]
        case Heading() | Line() | Grid() | Gap():
            return [part]


def broken(text: str, cells: int) -> list[str]:
    """Return ``text`` in lines of at most ``cells`` cells, broken at spaces, or in a word that is longer.

    Lines that follow keep the indentation of the first.
    """
    indent = text[: len(text) - len(text.lstrip(" "))]
    room = cells - len(indent)
    if room < cells / 2:
        indent, room = "", cells
    lines: list[str] = []
    taken = room
    for word in text.split():
        for piece in _folded(word, room):
            taken += 1 + width(piece)
            if taken <= room:
                lines[-1] += f" {piece}"
            else:
                lines.append(indent + piece)
                taken = width(piece)
    return lines or [""]


def _folded(word: str, cells: int) -> Iterator[str]:
    piece, taken = "", 0
    if width(word) <= cells:
        piece, word = word, ""
    for character in word:
        taken += width(character)
        if piece and taken > cells:
            yield piece
            piece, taken = "", width(character)
        piece += character
    yield piece


def _narrowed(grid: Grid, columns: int) -> Grid:
    room = columns - GAP * (len(grid.columns) - 1)
    needed = column_widths(grid)
    if not any(column.title for column in grid.columns):
        return _wrapped(grid, _shared(room, needed))
    least = [_least(column, cells) for column, cells in zip(grid.columns, needed, strict=True)]
    if sum(least) > room:
        blocks = _blocks(grid)
        return blocks if grid_width(blocks) <= columns else _narrowed(blocks, columns)
    spare = _shared(room - sum(least), [most - cells for most, cells in zip(needed, least, strict=True)])
    return _wrapped(grid, [cells + more for cells, more in zip(least, spare, strict=True)])


def _least(column: Column, cells: int) -> int:
    return min(cells, max(_NARROWEST, width(column.title))) if column.flexible else cells


def _shared(room: int, wanted: Sequence[int]) -> list[int]:
    """Return how many cells each gets of ``room``: the modest all they want, the others equal parts."""
    given = [0] * len(wanted)
    for served, n in enumerate(sorted(range(len(wanted)), key=wanted.__getitem__)):
        given[n] = min(wanted[n], room // (len(wanted) - served))
        room -= given[n]
    return given


def _wrapped(grid: Grid, widths: Sequence[int]) -> Grid:
    rows = [
        lines
        for row in grid.rows
        for lines in zip_longest(*map(broken, row, [max(cells, 1) for cells in widths]), fillvalue="")
    ]
    return Grid(grid.columns, rows)


def _blocks(grid: Grid) -> Grid:
    pairs: list[tuple[str, str]] = []
    for row in grid.rows:
        pairs += [("", "")] if pairs else []
        pairs += [(column.title, cell) for column, cell in zip(grid.columns, row, strict=True) if cell]
    return Grid((Column("", style="quiet"), Column("")), pairs)
