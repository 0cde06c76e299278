"""Outreach: where candidates come from, what they say, what it costs, and how many are needed."""

from sqlalchemy import CheckConstraint, Index, Integer, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from socrekry.store.kinds import (
    ActivityKind,
    CostKind,
    Day,
    Kept,
    Key,
    TermCode,
    VoiceKind,
    column,
    identity,
    key,
)


class ActivityFields(SQLModel):
    """What the municipality did to meet candidates; counts without names are of those in another system."""

    title: str = column(min_length=1, max_length=200)
    cost: int | None = Field(default=None, ge=0, le=1_000_000_000, sa_type=Integer)
    reached: int | None = Field(default=None, ge=0, le=1_000_000, sa_type=Integer)
    minutes: int | None = Field(default=None, ge=0, le=1_000_000, sa_type=Integer)
    applicants: int | None = Field(default=None, ge=0, le=1_000_000, sa_type=Integer)
    qualified: int | None = Field(default=None, ge=0, le=1_000_000, sa_type=Integer)


class VoiceFields(SQLModel):
    """What students wish, fear or praise: the theme, how many said it, and somebody's own words."""

    theme: str = column(min_length=1, max_length=40)
    text: str | None = column(default=None, min_length=1, max_length=2_000)
    number: int = Field(default=1, ge=1, le=10_000, sa_type=Integer)


class Activity(ActivityFields, Kept, table=True):
    """A visit to a class, a fair, an ad …; ``ad`` is what is kept of a published job ad, as JSON."""

    id: int | None = identity()
    kind: ActivityKind = column()
    occurred_on: Day = column()
    term: TermCode = Field(sa_type=Integer)
    university: str | None = column(default=None, max_length=20, foreign_key="university.code")
    unit_id: int | None = key("unit", default=None, nullable=True)
    deadline: Day | None = column(default=None)
    external_id: str | None = column(default=None, min_length=1, max_length=60, unique=True)
    ad: str | None = column(default=None, max_length=20_000)
    __table_args__ = (
        Index("ix_activity_term", "term"),
        CheckConstraint("qualified <= applicants", name="ck_activity_qualified_applicants"),
    )


class Touch(Kept, table=True):
    """A person took part in an activity."""

    id: int | None = identity()
    person_id: int = key("person")
    activity_id: int = key("activity", index=True)
    occurred_on: Day = column()
    __table_args__ = (
        UniqueConstraint("person_id", "activity_id", name="uq_touch"),
        Index("ix_touch_occurred_on", "occurred_on"),
    )


class Theme(Kept, table=True):
    """A theme that a user has added to those that come along."""

    code: str = column(min_length=1, max_length=40, primary_key=True)
    title: str = column(min_length=1, max_length=80)


class Voice(VoiceFields, Kept, table=True):
    """A voice, heard in an activity or from a candidate."""

    id: int | None = identity()
    kind: VoiceKind = column()
    occurred_on: Day = column()
    activity_id: int | None = key("activity", default=None, nullable=True, index=True)
    candidacy_id: int | None = key("candidacy", default=None, nullable=True, index=True)
    __table_args__ = (
        CheckConstraint("(activity_id IS NULL) <> (candidacy_id IS NULL)", name="ck_voice_whose"),
    )


class Need(Kept, table=True):
    """How many positions a unit needs filled in a term."""

    id: int | None = identity()
    unit_id: int = key("unit")
    term: TermCode = Field(sa_type=Integer)
    positions: int = Field(ge=0, le=10_000, sa_type=Integer)
    __table_args__ = (UniqueConstraint("unit_id", "term", name="uq_need"),)


class Cost(Kept, table=True):
    """What agency or own staff cost in a term or a calendar year, in SEK."""

    id: int | None = identity()
    kind: CostKind = column()
    year: int | None = Field(default=None, ge=1900, le=2999, sa_type=Integer)
    term: TermCode | None = Field(default=None, sa_type=Integer)
    unit_id: int | None = key("unit", default=None, nullable=True)
    amount: int = Field(ge=0, le=1_000_000_000_000, sa_type=Key)
    __table_args__ = (
        CheckConstraint("(year IS NULL) <> (term IS NULL)", name="ck_cost_period"),
        Index(
            "uq_cost",
            "kind",
            text("coalesce(year, 0)"),
            text("coalesce(term, 0)"),
            text("coalesce(unit_id, 0)"),
            unique=True,
        ),
    )


class Assumption(Kept, table=True):
    """A figure of the municipality's own, in place of one that comes along; a decimal number as text."""

    name: str = column(min_length=1, max_length=40, primary_key=True)
    value: str = column(min_length=1, max_length=40)
