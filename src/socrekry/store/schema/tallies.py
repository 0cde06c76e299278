"""Tallies: what reports count, counted already; kept in the transaction that changes it, proved by ``check``.

What there is none of is 0 or an empty text, for a key has no NULL. ``n`` may have come down to 0 again.
Nothing refers to a row here and no row refers to another: what is counted is proved, not what is named.
"""

from sqlalchemy import Index, Integer
from sqlmodel import Field

from socrekry.store.kinds import Kept, column, flag, key


def _counted() -> int:
    number: int = Field(sa_type=Integer)
    return number


class VisitTally(Kept, table=True):
    """Stays: where from, how they were left and, of the last one, if it has a seat and how all ended.

    ``completed`` is the first time that the stage was left forwards. Of a reason the first words are told.
    """

    __tablename__ = "visit_tally"
    cohort_id: int = key(primary_key=True)
    pipeline_id: int = key(primary_key=True)
    unit_id: int = key(primary_key=True)
    stage: str = column(primary_key=True)
    before: str = column(primary_key=True)
    first: bool = flag(primary_key=True)
    completed: bool = flag(primary_key=True)
    left_how: str = column(primary_key=True)
    seat: bool = flag(primary_key=True)
    outcome: str = column(primary_key=True)
    closed_by: str = column(primary_key=True)
    reason: str = column(primary_key=True)
    n: int = _counted()


class TimeTally(Kept, table=True):
    """Stays that were left: how many days they took, and whether they led forwards."""

    __tablename__ = "time_tally"
    cohort_id: int = key(primary_key=True)
    unit_id: int = key(primary_key=True)
    stage: str = column(primary_key=True)
    days: int = Field(sa_type=Integer, primary_key=True)
    onward: bool = flag(primary_key=True)
    n: int = _counted()


class LeftTally(Kept, table=True):
    """The same stays as a forecast counts them: of all cohorts together, and where they led."""

    __tablename__ = "left_tally"
    pipeline_id: int = key(primary_key=True)
    stage: str = column(primary_key=True)
    days: int = Field(sa_type=Integer, primary_key=True)
    left_to: str = column(primary_key=True)
    n: int = _counted()


class StandingTally(Kept, table=True):
    """Open candidacies: where they stand, since when, and their rests in that stay.

    Where there were any, ``told_on`` is the last day that the log knows: before it, they may have been fewer.
    """

    __tablename__ = "standing_tally"
    cohort_id: int = key(primary_key=True)
    pipeline_id: int = key(primary_key=True)
    unit_id: int = key(primary_key=True)
    stage: str = column(primary_key=True)
    entered_on: str = column(primary_key=True)
    paused_days: int = Field(sa_type=Integer, primary_key=True)
    paused_from: str = column(primary_key=True)
    paused_until: str = column(primary_key=True)
    told_on: str = column(primary_key=True)
    n: int = _counted()


class CreditTally(Kept, table=True):
    """Stages reached for the first time, by the first contact with her who reached them.

    That is an activity, or a candidacy's word (``kind``) and no activity, or neither. ``begins`` marks the
    stage that a candidacy began in; ``graduating`` does so where she was met not long before her degree.
    """

    __tablename__ = "credit_tally"
    cohort_id: int = key(primary_key=True)
    pipeline_id: int = key(primary_key=True)
    unit_id: int = key(primary_key=True)
    activity_id: int = key(primary_key=True)
    kind: str = column(primary_key=True)
    stage: str = column(primary_key=True)
    begins: bool = flag(primary_key=True)
    graduating: bool = flag(primary_key=True)
    n: int = _counted()
    __table_args__ = (Index("ix_credit_tally_activity", "activity_id"),)


class CourseTally(Kept, table=True):
    """Those who started: when, and what the two facts say that tell how it went since."""

    __tablename__ = "course_tally"
    cohort_id: int = key(primary_key=True)
    unit_id: int = key(primary_key=True)
    started_on: str = column(primary_key=True)
    left_on: str = column(primary_key=True)
    still_on: str = column(primary_key=True)
    left_last: bool = flag(primary_key=True)
    reason: str = column(primary_key=True)
    n: int = _counted()
