"""What may be wrong with a store itself, in words that hold on either engine."""

from typing import Any, NamedTuple


class Damage(NamedTuple):
    """Something that the engine itself finds wrong: a code, and JSON-able details."""

    code: str
    details: dict[str, Any]


class BrokenReference(NamedTuple):
    """A row that refers to one that is not there; ``candidacy`` is whose row it is, if it is one's."""

    table: str
    column: str
    refers_to: str
    value: object
    candidacy: int | None


class Part(NamedTuple):
    """A part of the schema: a table, a column, an index, a constraint, a trigger, a view or a function."""

    kind: str
    name: str
