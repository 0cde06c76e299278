"""The programme: units, universities, pipelines, cohorts, and the staff that supervise."""

from sqlalchemy import Index, Integer, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from socrekry.store.kinds import Day, Hash, Kept, Role, TermCode, Time, column, flag, identity, key


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


class ExternalAssignment(Kept, table=True):
    """Somebody who is in no pipeline and takes a place all the same: an ordinary placement student."""

    __tablename__ = "external_assignment"
    id: int | None = identity()
    label: str = column(min_length=1, max_length=120)
    search_key: str = column()
    staff_id: int = key("staff")
    role: Role = column()
    term: TermCode = Field(sa_type=Integer)
    from_on: Day = column()
    to_on: Day | None = column(default=None)
    __table_args__ = (Index("ix_external_assignment_staff", "staff_id", "term"),)


class Agreement(Kept, table=True):
    """Placement seats of a university in a term: how many were asked for, offered and confirmed."""

    id: int | None = identity()
    university: str = column(max_length=20, foreign_key="university.code")
    term: TermCode = Field(sa_type=Integer)
    unit_id: int | None = key("unit", default=None, nullable=True)
    asked: int | None = Field(default=None, ge=0, le=1_000, sa_type=Integer)
    offered: int | None = Field(default=None, ge=0, le=1_000, sa_type=Integer)
    confirmed: int | None = Field(default=None, ge=0, le=1_000, sa_type=Integer)
    contact: str | None = column(default=None, min_length=1, max_length=200)
    __table_args__ = (Index("uq_agreement", "university", "term", text("coalesce(unit_id, 0)"), unique=True),)


class UnitAccess(Kept, table=True):
    """Which units a role of the database may see where row security is on; no unit means every unit."""

    __tablename__ = "unit_access"

    id: int | None = identity()
    role_name: str = column(min_length=1, max_length=63)
    unit_id: int | None = key("unit", default=None, nullable=True)
    __table_args__ = (Index("uq_unit_access", "role_name", text("coalesce(unit_id, 0)"), unique=True),)
