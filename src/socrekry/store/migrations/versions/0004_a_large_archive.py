"""What spreadsheets bring: persons who turn out to be one, found by their telephone as well; and tallies."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
FLAG = sa.Boolean().with_variant(sa.Integer(), "sqlite")

_WHOSE: tuple[tuple[str, Any], ...] = (("cohort_id", KEY), ("pipeline_id", KEY), ("unit_id", KEY))
_TALLIES: dict[str, tuple[tuple[str, Any], ...]] = {
    "visit_tally": (
        *_WHOSE,
        ("stage", WORDS),
        ("before", WORDS),
        ("first", FLAG),
        ("completed", FLAG),
        ("left_how", WORDS),
        ("seat", FLAG),
        ("outcome", WORDS),
        ("closed_by", WORDS),
        ("reason", WORDS),
    ),
    "time_tally": (
        ("cohort_id", KEY),
        ("unit_id", KEY),
        ("stage", WORDS),
        ("days", sa.Integer()),
        ("onward", FLAG),
    ),
    "credit_tally": (
        *_WHOSE,
        ("activity_id", KEY),
        ("kind", WORDS),
        ("stage", WORDS),
        ("begins", FLAG),
        ("graduating", FLAG),
    ),
    "left_tally": (
        ("pipeline_id", KEY),
        ("stage", WORDS),
        ("days", sa.Integer()),
        ("left_to", WORDS),
    ),
    "standing_tally": (
        *_WHOSE,
        ("stage", WORDS),
        ("entered_on", WORDS),
        ("paused_days", sa.Integer()),
        ("paused_from", WORDS),
        ("paused_until", WORDS),
        ("told_on", WORDS),
    ),
    "course_tally": (
        ("cohort_id", KEY),
        ("unit_id", KEY),
        ("started_on", WORDS),
        ("left_on", WORDS),
        ("still_on", WORDS),
        ("left_last", FLAG),
        ("reason", WORDS),
    ),
}


def upgrade() -> None:
    """Create what a merge leaves behind, and the key that telephones are compared by."""
    op.add_column("person", sa.Column("phone_key", WORDS, nullable=True))
    some = sa.text("phone_key IS NOT NULL")
    op.create_index("ix_person_phone", "person", ["phone_key"], sqlite_where=some, postgresql_where=some)
    _merged()
    _told_apart()
    _former_id()
    on_the_way = sa.text("state = 'open'")
    op.create_index(
        "ix_candidacy_open",
        "candidacy",
        ["person_id", "number"],
        sqlite_where=on_the_way,
        postgresql_where=on_the_way,
    )
    for name, key in _TALLIES.items():
        _tally(name, key)
    op.create_index("ix_credit_tally_activity", "credit_tally", ["activity_id"])
    op.create_index("ix_touch_occurred_on", "touch", ["occurred_on"])


def _merged() -> None:
    op.create_table(
        "merged",
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("into_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_merged_person_id"),
        sa.ForeignKeyConstraint(["into_id"], ["person.id"], name="fk_merged_into_id"),
        sa.PrimaryKeyConstraint("person_id", name="pk_merged"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_merged_into_id", "merged", ["into_id"])


def _told_apart() -> None:
    op.create_table(
        "told_apart",
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("other_id", KEY, nullable=False),
        sa.CheckConstraint("person_id < other_id", name="ck_told_apart_order"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_told_apart_person_id"),
        sa.ForeignKeyConstraint(["other_id"], ["person.id"], name="fk_told_apart_other_id"),
        sa.PrimaryKeyConstraint("person_id", "other_id", name="pk_told_apart"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _former_id() -> None:
    op.create_table(
        "former_id",
        sa.Column("candidacy_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint("number >= 1", name="ck_former_id_number_min"),
        sa.ForeignKeyConstraint(["candidacy_id"], ["candidacy.id"], name="fk_former_id_candidacy_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_former_id_person_id"),
        sa.PrimaryKeyConstraint("candidacy_id", name="pk_former_id"),
        sa.UniqueConstraint("person_id", "number", name="uq_former_id"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _tally(name: str, key: tuple[tuple[str, Any], ...]) -> None:
    """Create a tally; what is in it is counted when the rest of the upgrade is done."""
    op.create_table(
        name,
        *(sa.Column(column, kind, nullable=False) for column, kind in key),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(*(column for column, _ in key), name=f"pk_{name}"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
