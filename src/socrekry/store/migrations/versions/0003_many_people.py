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
        "CREATE VIEW room_taken AS SELECT a.staff_id, k.term, a.candidacy_id, a.role FROM assignment a "
        "JOIN candidacy c ON c.id = a.candidacy_id JOIN cohort k ON k.id = c.cohort_id "
        "WHERE a.to_on IS NULL AND c.supervised"
    ),
    (
        "CREATE VIEW first_in_line AS SELECT cohort_id, stage, candidacy_id FROM "
        "(SELECT cohort_id, stage, id AS candidacy_id, ROW_NUMBER() OVER (PARTITION BY cohort_id, stage "
        "ORDER BY rank NULLS LAST, entered_on, id) AS place FROM candidacy WHERE state = 'open') line "
        "WHERE place = 1"
    ),
    (
        "CREATE VIEW protected_number_given AS SELECT protected_number AS number FROM person "
        "WHERE protected_number IS NOT NULL"
    ),
    "CREATE VIEW theme_used AS SELECT theme FROM voice",
    "CREATE VIEW touch_made AS SELECT activity_id, id AS touch_id FROM touch",
    "CREATE VIEW event_written AS SELECT DISTINCT command_id, candidacy_id FROM event",
    "CREATE VIEW edit_standing AS SELECT command_id, number FROM edit WHERE undone_by IS NULL",
    (
        "CREATE VIEW reason_told AS SELECT r.id, CASE "
        "WHEN r.kind = 'reason' AND EXISTS (SELECT 1 FROM stay s "
        "WHERE s.candidacy_id = r.candidacy_id AND s.reason_id = r.id AND s.left_how = 'ended') THEN r.text "
        "WHEN r.kind = 'fact' AND EXISTS (SELECT 1 FROM fact f "
        "WHERE f.candidacy_id = r.candidacy_id AND f.name = 'left') AND NOT EXISTS (SELECT 1 FROM fact f "
        "WHERE f.candidacy_id = r.candidacy_id AND f.name <> 'left' AND f.text_id = r.id) THEN r.text "
        "END AS text FROM remark r"
    ),
)


def upgrade() -> None:
    """Create the table of who may see which unit, indexes for what grows, and the views."""
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
    op.create_index("ix_candidacy_entered", "candidacy", ["state", "entered_on"])
    _where_there_is_one("ix_candidacy_closed", "candidacy", "closed_on")
    _where_there_is_one("ix_stay_reason", "stay", "reason_id")
    _where_there_is_one("ix_fact_text", "fact", "text_id")
    _where_there_is_one("ix_fact_seen_by", "fact", "seen_by_id")
    for view in _VIEWS:
        op.execute(sa.text(view))


def _where_there_is_one(name: str, table: str, column: str) -> None:
    some = sa.text(f"{column} IS NOT NULL")
    op.create_index(name, table, [column], sqlite_where=some, postgresql_where=some)
