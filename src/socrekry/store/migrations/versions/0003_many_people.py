"""What many people in one store need: limits that count everybody's rows, and who may see which unit."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

_VIEWS = (
    "CREATE VIEW seat_taken AS SELECT cohort_id, id AS candidacy_id FROM candidacy WHERE holds_seat",
    (
        "CREATE VIEW room_taken AS SELECT a.staff_id, k.term, a.candidacy_id FROM assignment a "
        "JOIN candidacy c ON c.id = a.candidacy_id JOIN cohort k ON k.id = c.cohort_id "
        "WHERE a.to_on IS NULL AND c.supervised"
    ),
    (
        "CREATE VIEW protected_number_given AS SELECT protected_number AS number FROM person "
        "WHERE protected_number IS NOT NULL"
    ),
)


def upgrade() -> None:
    """Create the table of who may see which unit, and the views."""
    op.create_table(
        "unit_access",
        sa.Column("id", KEY, nullable=False),
        sa.Column("role_name", WORDS, nullable=False),
        sa.Column("unit_id", KEY, nullable=True),
        sa.CheckConstraint("length(role_name) <= 63", name="ck_unit_access_role_name_max"),
        sa.CheckConstraint("length(role_name) >= 1", name="ck_unit_access_role_name_min"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_unit_access_unit_id"),
        sa.PrimaryKeyConstraint("id", name="pk_unit_access"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_index(
        "uq_unit_access", "unit_access", ["role_name", sa.text("coalesce(unit_id, 0)")], unique=True
    )
    for view in _VIEWS:
        op.execute(sa.text(view))
