"""The kinds of columns that the schema is made of, and the CHECKs that follow from their limits.

A named CHECK is derived from every limit of a field, so that one line constrains database, import and
printed schema alike; nothing has to be said twice, and so nothing can be said in two ways.
"""

from collections.abc import Iterable
from typing import Annotated, Any, Literal, get_args, get_origin

import annotated_types
from sqlalchemy import BigInteger, Boolean, CheckConstraint, Integer, Text
from sqlmodel import Field, SQLModel

Key = BigInteger().with_variant(Integer, "sqlite")
# Sorted byte by byte on both engines, whatever the server's collation: keys are made for that.
Words = Text().with_variant(Text(collation="C"), "postgresql")
Flag = Boolean().with_variant(Integer, "sqlite")

SQLModel.metadata.naming_convention = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ix": "ix_%(table_name)s_%(column_0_name)s",
}


class Sql:
    """A CHECK that Pydantic has no word for; ``{c}`` stands for the column."""

    def __init__(self, name: str, rule: str) -> None:
        self.name, self.rule = name, rule


_DAY = "length({c}) = 10 AND substr({c}, 5, 1) = '-' AND substr({c}, 8, 1) = '-'"
_TIME = "length({c}) = 27 AND substr({c}, 11, 1) = 'T' AND substr({c}, 27, 1) = 'Z'"
Day = Annotated[str, Sql("day", _DAY)]
Time = Annotated[str, Sql("time", _TIME)]
TermCode = Annotated[int, Sql("term", "{c} % 10 IN (1, 2) AND {c} >= 19001 AND {c} <= 29992")]
Hash = Annotated[str, Sql("hash", "length({c}) = 64")]
State = Literal["void", "open", "won", "lost"]
Left = Literal["onward", "aside", "back", "ended"]
Role = Literal["supervisor", "mentor"]
Outcome = Literal[
    "rejected",
    "not-eligible",
    "withdrawn",
    "declined",
    "discontinued",
    "no-reply",
    "position-filled",
]
Channel = Literal[
    "visit", "fair", "ad", "referral", "study-visit", "placement", "summer-job", "unsolicited", "other"
]
ActivityKind = Literal["visit", "fair", "ad", "referral", "study-visit", "placement", "summer-job", "other"]
VoiceKind = Literal["wish", "concern", "praise"]
CostKind = Literal["agency", "own-staff"]


def column(**limits: Any) -> Any:
    """Return a text field with these limits."""
    return Field(sa_type=Words, **limits)


def key(table: str | None = None, **more: Any) -> Any:
    """Return a field that refers to a row of ``table``."""
    return Field(sa_type=Key, foreign_key=f"{table}.id" if table else None, **more)


def flag(**more: Any) -> Any:
    """Return a field that is true or false (0 or 1 on SQLite, which has no such type)."""
    return Field(sa_type=Flag, **more)


def identity() -> Any:
    """Return the field of a number that is never given to another row."""
    return Field(default=None, sa_type=Key, primary_key=True)


class Kept(SQLModel):
    """A table of the store; `constrain` makes it strict when all of them are declared."""


def constrain(tables: Iterable[type[Any]]) -> None:
    """Give each table a CHECK for every limit of its fields, and SQLite's strictness.

    A table with a number of its own never gives it away twice (AUTOINCREMENT); one without is
    kept in the order of its key (WITHOUT ROWID).
    """
    for kept in tables:
        table = kept.__table__
        numbered = list(table.primary_key.columns.keys()) == ["id"]
        table.dialect_options["sqlite"]["strict"] = True
        table.dialect_options["sqlite"]["autoincrement"] = numbered
        table.dialect_options["sqlite"]["with_rowid"] = numbered
        for name, field in kept.model_fields.items():
            for check in _limits(table.name, name, field):
                table.append_constraint(check)


def _limits(table: str, name: str, field: Any) -> list[CheckConstraint]:
    rules: dict[str, str] = {}
    marks = list(field.metadata)
    for kind in (field.annotation, *get_args(field.annotation)):
        marks += getattr(kind, "__metadata__", ())
        if get_origin(kind) is Literal:
            rules["values"] = "{c} IN (" + ", ".join(f"'{value}'" for value in get_args(kind)) + ")"
    for mark in marks:
        match mark:
            case annotated_types.MinLen(n):
                rules["min"] = f"length({{c}}) >= {n}"
            case annotated_types.MaxLen(n):
                rules["max"] = f"length({{c}}) <= {n}"
            case annotated_types.Ge(n):
                rules["min"] = f"{{c}} >= {n}"
            case annotated_types.Le(n):
                rules["max"] = f"{{c}} <= {n}"
            case Sql():
                rules[mark.name] = mark.rule
    return [
        CheckConstraint(rule.format(c=name), name=f"ck_{table}_{name}_{tag}") for tag, rule in rules.items()
    ]
