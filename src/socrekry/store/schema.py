"""The schema, declared once: every table, constraint and index.

Each group of fields is a model of its own, which the table inherits – and so do the row that an
import validates and the JSON Schema that is printed. A named CHECK is derived from every limit of a
field, so one line constrains database, import and schema alike. Commands never import this module:
they run named SQL. Migrations build the same schema by themselves, and a test compares the two.

Days and times are ISO text in UTC, terms are Ladok's codes (``20252`` = HT2025).
"""

from collections.abc import Iterable
from typing import Annotated, Any, Literal, get_args, get_origin

import annotated_types
from sqlalchemy import BigInteger, Boolean, CheckConstraint, Index, Integer, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from socrekry.store.triggers import keep_log_append_only

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


class CandidateFields(SQLModel):
    """What is known of a person. A protected identity has none of it."""

    name: str | None = column(default=None, min_length=1, max_length=200)
    email: str | None = column(default=None, min_length=3, max_length=254)
    phone: str | None = column(default=None, min_length=1, max_length=40)
    university: str | None = column(default=None, max_length=20, foreign_key="university.code")
    graduates: TermCode | None = Field(default=None, sa_type=Integer)


class CohortFields(SQLModel):
    """A term's intake: a pipeline, a term, and how many seats."""

    pipeline: str = column(min_length=1, max_length=60)
    term: TermCode = Field(sa_type=Integer)
    seats: int = Field(ge=0, le=10_000, sa_type=Integer)
    name: str = column(default="", max_length=120)
    registry_number: str | None = column(default=None, max_length=60)


class StaffFields(SQLModel):
    """A supervisor or mentor, and how many candidates she has room for in a term."""

    name: str = column(min_length=1, max_length=200)
    capacity: int = Field(ge=0, le=1_000, sa_type=Integer)


class UnitFields(SQLModel):
    """What guards must know of a unit."""

    name: str = column(min_length=1, max_length=120)
    employer: str | None = column(default=None, max_length=120)
    child_and_youth: bool = flag(default=False)


class UniversityFields(SQLModel):
    """A university that teaches the programme."""

    code: str = column(min_length=1, max_length=20, primary_key=True)
    name: str = column(min_length=1, max_length=120)
    town: str = column(min_length=1, max_length=120)


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


class Actor(Kept, table=True):
    """Who wrote: a name that can be erased without touching the log."""

    id: int | None = identity()
    name: str = column(min_length=1, max_length=200, unique=True)


class Command(Kept, table=True):
    """One command that wrote something: whose, which, and when."""

    id: int | None = identity()
    name: str = column(min_length=1, max_length=40)
    actor_id: int = key("actor", index=True)
    recorded_at: Time = column()


class Unit(Kept, UnitFields, table=True):
    """A unit of a municipality."""

    id: int | None = identity()
    search_key: str = column(unique=True)


class University(UniversityFields, Kept, table=True):
    """A university; its code is what users type."""


class Pipeline(Kept, table=True):
    """An installed version of a pipeline: the file as it was, and the form that commands read."""

    id: int | None = identity()
    name: str = column(min_length=1, max_length=60)
    version: int = Field(ge=1, sa_type=Integer)
    digest: Hash = column()
    definition: str = column()
    source: str = column()
    installed_at: Time = column()
    __table_args__ = (UniqueConstraint("name", "version", name="uq_pipeline_version"),)


class Cohort(CohortFields, Kept, table=True):
    """A cohort; several of one pipeline and term are told apart by unit and name."""

    id: int | None = identity()
    unit_id: int | None = key("unit", default=None, nullable=True)
    search_key: str = column()
    __table_args__ = (
        Index("uq_cohort", "pipeline", "term", text("coalesce(unit_id, 0)"), "search_key", unique=True),
        Index("ix_cohort_term", "term"),
    )


class Staff(StaffFields, Kept, table=True):
    """A supervisor or mentor."""

    id: int | None = identity()
    search_key: str = column(index=True)
    unit_id: int | None = key("unit", default=None, nullable=True)
    left_on: Day | None = column(default=None)


class StaffRole(Kept, table=True):
    """A role that a member of staff can have."""

    __tablename__ = "staff_role"
    staff_id: int = key("staff", primary_key=True)
    role: Role = column(primary_key=True)


class StaffCapacity(Kept, table=True):
    """A capacity that holds in one term, in place of the usual one."""

    __tablename__ = "staff_capacity"
    staff_id: int = key("staff", primary_key=True)
    term: TermCode = Field(sa_type=Integer, primary_key=True)
    capacity: int = Field(ge=0, le=1_000, sa_type=Integer)


class Person(CandidateFields, Kept, table=True):
    """A candidate as a person. Keys for search, sorting and e-mail are computed in Python."""

    id: int | None = identity()
    protected_number: int | None = Field(default=None, sa_type=Integer, unique=True)
    search_key: str = column(default="")
    sort_key: str = column(default="")
    email_key: str | None = column(default=None)
    void: bool = flag(default=False)
    __table_args__ = (
        Index(
            "uq_person_email",
            "email_key",
            unique=True,
            sqlite_where=text("NOT void"),
            postgresql_where=text("NOT void"),
        ),
        Index("ix_person_sort", "sort_key", "id"),
        CheckConstraint("name IS NOT NULL OR protected_number IS NOT NULL", name="ck_person_named"),
        CheckConstraint(
            "protected_number IS NULL OR coalesce(name, email, phone, university) IS NULL",
            name="ck_person_protected",
        ),
    )


class Tag(Kept, table=True):
    """A word that a user has put on a person."""

    person_id: int = key("person", primary_key=True)
    tag: str = column(min_length=1, max_length=60, primary_key=True)
    __table_args__ = (Index("ix_tag", "tag", "person_id"),)


class Candidacy(Kept, table=True):
    """A person in one pipeline and cohort: a cache of what its log says, proved by ``check``."""

    id: int | None = identity()
    person_id: int = key("person")
    number: int = Field(ge=1, sa_type=Integer)
    pipeline_id: int = key("pipeline", index=True)
    cohort_id: int = key("cohort")
    unit_id: int | None = key("unit", default=None, nullable=True)
    channel: Channel | None = column(default=None)
    state: State = column()
    stage: str = column()
    entered_on: Day | None = column(default=None)
    due_on: Day | None = column(default=None)
    outcome: Outcome | None = column(default=None)
    closed_on: Day | None = column(default=None)
    holds_seat: bool = flag(default=False)
    supervised: bool = flag(default=False)
    paused_from: Day | None = column(default=None)
    paused_until: Day | None = column(default=None)
    rank: int | None = Field(default=None, sa_type=Integer)
    head_seq: int = Field(ge=0, sa_type=Integer)
    head_hash: Hash = column()
    changed_at: Time = column()
    __table_args__ = (
        UniqueConstraint("person_id", "number", name="uq_candidacy_number"),
        Index("ix_candidacy_cohort", "cohort_id", "state", "stage"),
        Index("ix_candidacy_due", "state", "due_on"),
        Index(
            "ix_candidacy_seat",
            "cohort_id",
            sqlite_where=text("holds_seat"),
            postgresql_where=text("holds_seat"),
        ),
    )


class Event(Kept, table=True):
    """The log. Triggers refuse to change or delete any of it."""

    candidacy_id: int = key("candidacy", primary_key=True)
    seq: int = Field(ge=1, sa_type=Integer, primary_key=True)
    kind: str = column(min_length=1, max_length=40)
    version: int = Field(ge=1, sa_type=Integer)
    occurred_on: Day | None = column(default=None)
    recorded_at: Time = column()
    command_id: int = key("command", index=True)
    body: str = column()
    hash: Hash = column()


class Stay(Kept, table=True):
    """A visit to a stage, derived from the log: what reports count."""

    candidacy_id: int = key("candidacy", primary_key=True)
    number: int = Field(ge=1, sa_type=Integer, primary_key=True)
    stage: str = column()
    entered_on: Day = column()
    entered_seq: int = Field(sa_type=Integer)
    first: bool = flag()
    left_on: Day | None = column(default=None)
    left_seq: int | None = Field(default=None, sa_type=Integer)
    left_how: Left | None = column(default=None)
    outcome: Outcome | None = column(default=None)
    closed_by: str | None = column(default=None)
    reason_id: int | None = key("remark", default=None, nullable=True)
    paused_days: int = Field(default=0, ge=0, sa_type=Integer)


class Fact(Kept, table=True):
    """A fact that stands, derived from the log."""

    candidacy_id: int = key("candidacy", primary_key=True)
    seq: int = Field(sa_type=Integer, primary_key=True)
    person_id: int = key("person")
    about_person: bool = flag()
    name: str = column()
    value: str | None = column(default=None)
    occurred_on: Day = column()
    text_id: int | None = key("remark", default=None, nullable=True)
    seen_by_id: int | None = key("remark", default=None, nullable=True)
    __table_args__ = (Index("ix_fact_person", "person_id", "name"),)


class Assignment(Kept, table=True):
    """Who was assigned to a candidacy and when, derived from the log."""

    candidacy_id: int = key("candidacy", primary_key=True)
    seq: int = Field(sa_type=Integer, primary_key=True)
    role: Role = column()
    staff_id: int = key("staff")
    from_on: Day = column()
    to_on: Day | None = column(default=None)
    __table_args__ = (Index("ix_assignment_staff", "staff_id", "to_on"),)


class Remark(Kept, table=True):
    """A user's own words – a reason, an override, a note – apart from the log, and erasable."""

    id: int | None = identity()
    candidacy_id: int = key("candidacy", index=True)
    kind: str = column(min_length=1, max_length=20)
    text: str = column(max_length=10_000)
    occurred_on: Day | None = column(default=None)
    command_id: int = key("command", index=True)


class Edit(Kept, table=True):
    """What a command changed beside the log, so that it can be undone and accounted for.

    An empty ``field`` means that the row was created.
    """

    command_id: int = key("command", primary_key=True)
    undone_by: int | None = key("command", default=None, nullable=True)
    number: int = Field(ge=1, sa_type=Integer, primary_key=True)
    entity: str = column(min_length=1, max_length=20)
    key: str = column(min_length=1, max_length=120)
    field: str = column(max_length=40)
    before: str | None = column(default=None)
    after: str | None = column(default=None)
    __table_args__ = (Index("ix_edit_row", "entity", "key"),)


constrain(Kept.__subclasses__())
keep_log_append_only(Event.__table__)  # type: ignore[attr-defined]
