"""Write an event log as XES (IEEE 1849), which tools for process mining read: a trace for each candidacy.

Rule: what XES has a name for is called so – ``concept:name``, ``time:timestamp``, ``org:resource`` and
``lifecycle:transition`` – and every other column keeps its own. A day has no zone; UTC stands for it.
"""

from collections.abc import Callable, Iterable, Sequence
from html import escape
from itertools import groupby
from operator import itemgetter
from typing import BinaryIO

from socrekry.services.exported_columns import Cells, Column

_STANDARD = {
    "activity": "concept:name",
    "timestamp": "time:timestamp",
    "resource": "org:resource",
    "lifecycle": "lifecycle:transition",
}
_OF_THE_CASE = ("candidate", "pipeline", "term", "cohort", "unit")
_EXTENSIONS = (
    ("Concept", "concept"),
    ("Time", "time"),
    ("Organizational", "org"),
    ("Lifecycle", "lifecycle"),
)


def write_xes(
    columns: Sequence[Column],
    pages: Iterable[Sequence[Cells]],
    file: BinaryIO,
    harmless: Callable[[str], str],
) -> None:
    """Write all traces, some at a time; a page never parts a case."""
    at = {column.name: place for place, column in enumerate(columns)}
    of_case = [(columns[at[name]], at[name]) for name in _OF_THE_CASE]
    own = [
        (column, place)
        for place, column in enumerate(columns)
        if column.name != "case" and column.name not in _OF_THE_CASE
    ]
    file.write(_beginning().encode())
    for rows in pages:
        lines = []
        for case, events in groupby(rows, itemgetter(at["case"])):
            kept = list(events)
            lines.append(f'<trace><string key="concept:name" value="{escape(case)}"/>')
            lines += [_attribute(column, kept[0][place], harmless) for column, place in of_case]
            for row in kept:
                said = [_attribute(column, row[place], harmless) for column, place in own]
                lines.append(f"<event>{''.join(said)}</event>")
            lines.append("</trace>\n")
        file.write("".join(lines).encode())
    file.write(b"</log>\n")


def _beginning() -> str:
    extensions = "".join(
        f'<extension name="{name}" prefix="{prefix}" uri="http://www.xes-standard.org/{prefix}.xesext"/>\n'
        for name, prefix in _EXTENSIONS
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<log xes.version="1849-2016" xmlns="http://www.xes-standard.org/">\n'
        f'{extensions}<classifier name="Activity" keys="concept:name"/>\n'
    )


def _attribute(column: Column, cell: str, harmless: Callable[[str], str]) -> str:
    """Return a cell as an attribute of XES; nothing for an empty one."""
    if not cell:
        return ""
    key = _STANDARD.get(column.name, column.name)
    if column.kind == "number":
        return f'<int key="{key}" value="{cell}"/>'
    if column.kind == "flag":
        return f'<boolean key="{key}" value="true"/>'
    if column.kind in ("day", "time"):
        text = cell.removesuffix("Z")
        return f'<date key="{key}" value="{text if "T" in text else f"{text}T00:00:00"}+00:00"/>'
    return f'<string key="{key}" value="{_in_quotes(harmless(cell))}"/>'


def _in_quotes(text: str) -> str:
    """Return a text as it stands in an attribute of XML; a line break would become a space there."""
    return escape(text).replace("\n", "&#10;")
