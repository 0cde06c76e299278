"""What an answer is made of: a page of headings, lines, facts and grids, and the data behind it.

A render function builds one ``Page``; terminal, plain text, JSON, CSV and whatever comes later all
show that. A part holds text as it was typed: whoever shows it cleans it, so that no render function
can forget to. A function that printed by itself would have to be written anew for each format.
"""

from collections.abc import Callable, Sequence
from typing import Any, Literal, NamedTuple, TypeAlias

from socrekry.locale import _

Align: TypeAlias = Literal["left", "right"]
Style: TypeAlias = Literal["", "strong", "quiet", "warning"]


class Heading(NamedTuple):
    """What the page or a part of it is about; the aside (as of when, for whom) stands at the right."""

    title: str
    aside: str = ""


class Line(NamedTuple):
    """A line of prose, of any length."""

    text: str
    style: Style = ""


class Column(NamedTuple):
    """A column of a grid: ``flexible`` ones wrap when the screen is narrow, the others stay whole.

    ``name`` is the column's English name for formats that machines read.
    """

    title: str
    align: Align = "left"
    style: Style = ""
    flexible: bool = False
    name: str = ""


class Grid(NamedTuple):
    """Rows of cells under column titles; without any title there is no header line."""

    columns: tuple[Column, ...]
    rows: Sequence[Sequence[str]]


class Facts(NamedTuple):
    """Labels, each with its value."""

    pairs: Sequence[tuple[str, str]]

    @property
    def grid(self) -> Grid:
        """The same as two columns without titles."""
        return Grid((Column("", style="quiet"), Column("", flexible=True)), self.pairs)


class Gap(NamedTuple):
    """An empty line."""


Part: TypeAlias = Heading | Line | Grid | Facts | Gap


def not_kept(dry_run: bool) -> list[Part]:
    """Return the line that a dry run ends with, which kept nothing; no line otherwise."""
    return [Line(_("Nothing was kept: this was a dry run."), "quiet")] if dry_run else []


class Rows(NamedTuple):
    """An answer as records: English names, and a tuple of values (text, numbers, dates, None) each."""

    names: tuple[str, ...]
    records: Sequence[tuple[Any, ...]]


class Page(NamedTuple):
    """One answer.

    ``json`` is a JSON-able value (dates allowed) or a function that makes one; ``rows`` serves CSV
    and ``ids`` the list that another command reads from a pipe; None where the answer has no such form.
    """

    parts: Sequence[Part]
    json: Any | Callable[[], Any]
    rows: Rows | None = None
    ids: Sequence[str] | None = None
