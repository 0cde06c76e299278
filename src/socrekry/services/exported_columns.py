"""The columns of the candidates' table: those that an import reads, in the order in which a row is told.

Rule: a row holds what a person would put in a table of candidates – details, where the candidacy belongs, how
it ended, the day of each stage and of each fact – and nothing that import does not read back. With a column
of its own, a table that was exported could not be imported.
"""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple, TypeAlias

from socrekry.domain.facts import FACTS
from socrekry.domain.guards import ROLES
from socrekry.domain.pipeline import Pipeline
from socrekry.services.imported import column_key

Kind: TypeAlias = Literal["text", "code", "day", "time", "flag", "tags", "number"]
"""What a cell holds: words that a person typed, a code of ours, a day or a time (ISO), ``yes``, several tags,
a whole number."""
Cells: TypeAlias = list[str]
"""A row: a text for every column, an empty one where there is nothing."""
YES = "yes"


class Column(NamedTuple):
    """A column: its name in the first line, and what its cells hold."""

    name: str
    kind: Kind


PERSON = (
    Column("candidate", "code"),
    Column("name", "text"),
    Column("email", "text"),
    Column("phone", "text"),
    Column("university", "text"),
    Column("graduates", "code"),
)
PLACE = (Column("term", "code"), Column("pipeline", "code"), Column("unit", "text"), Column("cohort", "text"))
FIXED = (
    *PERSON,
    *PLACE,
    Column("source", "code"),
    Column("tags", "tags"),
    Column("note", "text"),
    Column("protected", "flag"),
    Column("outcome", "code"),
    Column("closed_on", "day"),
    Column("reason", "text"),
    Column("by", "code"),
    *(Column(role, "code") for role in ROLES),
)


class Layout(NamedTuple):
    """Every column, and where each stage and fact has its own.

    ``fact_values`` has the facts that say more than that they are so; ``stages`` leaves out a stage whose
    column would be called like another.
    """

    columns: tuple[Column, ...]
    stages: dict[str, int]
    fact_days: dict[str, int]
    fact_values: dict[str, int]


def layout_of(pipelines: Iterable[Pipeline]) -> Layout:
    """Return the columns of a table whose candidacies are on these pipelines."""
    columns, stages = list(FIXED), dict[str, int]()
    taken = {column_key(each.name): place for place, each in enumerate(columns)}
    for pipeline in pipelines:
        for stage in pipeline.stages:
            column = Column(f"{stage.name}_on", "day")
            place = taken.setdefault(column_key(column.name), len(columns))
            if place == len(columns):
                columns.append(column)
            if place >= len(FIXED):
                stages[stage.name] = place
    days, values = dict[str, int](), dict[str, int]()
    for fact, kind in FACTS.items():
        mark = "fact:" if column_key(f"{fact}_on") in taken else ""
        if len(kind.values) != 1:
            values[fact] = len(columns)
            columns.append(Column(f"{mark}{fact}", "text" if kind.is_text else "code"))
        days[fact] = len(columns)
        columns.append(Column(f"{mark}{fact}_on", "day"))
    return Layout(tuple(columns), stages, days, values)


def joined(tags: Sequence[str]) -> str:
    """Return tags as one cell that an import parts again: by spaces, or by ``|`` where one has a space."""
    if not any(" " in tag for tag in tags):
        return " ".join(tags)
    return f"{tags[0]} |" if len(tags) == 1 else " | ".join(tags)


def parted(cell: str) -> list[str]:
    """Return the tags that `joined` has made a cell of."""
    return [tag for each in cell.split("|") if (tag := each.strip())] if "|" in cell else cell.split()
