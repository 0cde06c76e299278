"""Candidates: people, their candidacies, the append-only log, and what is derived from it."""

from sqlalchemy import CheckConstraint, Index, Integer, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from socrekry.domain.lengths import (
    LONGEST_EMAIL,
    LONGEST_NAME,
    LONGEST_PHONE,
    LONGEST_TAG,
    LONGEST_WORDS,
    SHORTEST_EMAIL,
)
from socrekry.store.kinds import (
    Channel,
    Day,
    Hash,
    Kept,
    Left,
    Outcome,
    Role,
    State,
    TermCode,
    Time,
    column,
    flag,
    identity,
    key,
)


def _where_there_is_one(name: str, column: str) -> Index:
    """Return an index of the rows whose column is not NULL, which are few."""
    some = text(f"{column} IS NOT NULL")
    return Index(name, column, sqlite_where=some, postgresql_where=some)


class CandidateFields(SQLModel):
    """What is known of a person. A protected identity has none of it."""

    name: str | None = column(default=None, min_length=1, max_length=LONGEST_NAME)
    email: str | None = column(default=None, min_length=SHORTEST_EMAIL, max_length=LONGEST_EMAIL)
    phone: str | None = column(default=None, min_length=1, max_length=LONGEST_PHONE)
    university: str | None = column(default=None, max_length=20, foreign_key="university.code")
    graduates: TermCode | None = Field(default=None, sa_type=Integer)


class Person(CandidateFields, Kept, table=True):
    """A candidate as a person. Keys for search, sorting and e-mail are computed in Python."""

    id: int | None = identity()
    protected_number: int | None = Field(default=None, sa_type=Integer, unique=True)
    search_key: str = column(default="")
    sort_key: str = column(default="")
    email_key: str | None = column(default=None)
    void: bool = flag(default=False)
    phone_key: str | None = column(default=None)
    __table_args__ = (
        _where_there_is_one("ix_person_phone", "phone_key"),
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
    tag: str = column(min_length=1, max_length=LONGEST_TAG, primary_key=True)
    __table_args__ = (Index("ix_tag", "tag", "person_id"),)


class Merged(Kept, table=True):
    """A person who turned out to be another: whoever asks for her is shown the one she was merged into."""

    person_id: int = key("person", primary_key=True)
    into_id: int = key("person", index=True)


class ToldApart(Kept, table=True):
    """Two persons who look alike and whom a user has said to be two; the lower number comes first."""

    __tablename__ = "told_apart"
    person_id: int = key("person", primary_key=True)
    other_id: int = key("person", primary_key=True)
    __table_args__ = (CheckConstraint("person_id < other_id", name="ck_told_apart_order"),)


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
        Index("ix_candidacy_entered", "state", "entered_on"),
        _where_there_is_one("ix_candidacy_closed", "closed_on"),
        Index(
            "ix_candidacy_open",
            "person_id",
            "number",
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index(
            "ix_candidacy_seat",
            "cohort_id",
            sqlite_where=text("holds_seat"),
            postgresql_where=text("holds_seat"),
        ),
    )


class FormerId(Kept, table=True):
    """The id that a candidacy had before its person was merged into another: its log is chained under it."""

    __tablename__ = "former_id"
    candidacy_id: int = key("candidacy", primary_key=True)
    person_id: int = key("person")
    number: int = Field(ge=1, sa_type=Integer)
    __table_args__ = (UniqueConstraint("person_id", "number", name="uq_former_id"),)


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
    days: int | None = Field(default=None, sa_type=Integer)
    left_to: str | None = column(default=None)
    pipeline_id: int = key("pipeline")
    __table_args__ = (
        Index(
            "ix_stay_left",
            "pipeline_id",
            "stage",
            "days",
            "left_to",
            "left_on",
            sqlite_where=text("left_on IS NOT NULL"),
            postgresql_where=text("left_on IS NOT NULL"),
        ),
        _where_there_is_one("ix_stay_reason", "reason_id"),
    )


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
    __table_args__ = (
        Index("ix_fact_person", "person_id", "name"),
        _where_there_is_one("ix_fact_text", "text_id"),
        _where_there_is_one("ix_fact_seen_by", "seen_by_id"),
    )


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
    text: str = column(max_length=LONGEST_WORDS)
    occurred_on: Day | None = column(default=None)
    command_id: int = key("command", index=True)
