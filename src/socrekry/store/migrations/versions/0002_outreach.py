"""Outreach, voices, needs and costs; stays say how many days they took, where they led and in which pipeline.

A stay is derived from the log and counted by reports, so its table is made anew and filled from what it held.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
FLAG = sa.Boolean().with_variant(sa.Integer(), "sqlite")
WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

_DAYS = {
    "sqlite": "CAST(julianday(s.left_on) - julianday(s.entered_on) AS INTEGER)",
    "postgresql": "CAST(s.left_on AS DATE) - CAST(s.entered_on AS DATE)",
}
_FILL_STAY = """
    INSERT INTO stay (candidacy_id, number, stage, entered_on, entered_seq, first, left_on, left_seq, left_how,
                      outcome, closed_by, reason_id, paused_days, days, left_to, pipeline_id)
    SELECT s.candidacy_id, s.number, s.stage, s.entered_on, s.entered_seq, s.first, s.left_on, s.left_seq,
           s.left_how, s.outcome, s.closed_by, s.reason_id, s.paused_days, {days} - s.paused_days,
           CASE WHEN s.left_how <> 'ended'
                THEN LEAD(s.stage) OVER (PARTITION BY s.candidacy_id ORDER BY s.number) END,
           c.pipeline_id
    FROM stay_before s JOIN candidacy c ON c.id = s.candidacy_id
"""


def upgrade() -> None:
    """Create the new tables, and the stays with their days and where they led."""
    _activity()
    _touch()
    _theme()
    _voice()
    _agreement()
    _external_assignment()
    _need()
    _cost()
    _assumption()
    op.execute(sa.text("CREATE TEMPORARY TABLE stay_before AS SELECT * FROM stay"))
    op.drop_table("stay")
    _stay()
    op.execute(sa.text(_FILL_STAY.replace("{days}", _DAYS[op.get_bind().dialect.name])))
    op.execute(sa.text("DROP TABLE stay_before"))


def _activity() -> None:
    op.create_table(
        "activity",
        sa.Column("title", WORDS, nullable=False),
        sa.Column("cost", sa.Integer(), nullable=True),
        sa.Column("reached", sa.Integer(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("applicants", sa.Integer(), nullable=True),
        sa.Column("qualified", sa.Integer(), nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("occurred_on", WORDS, nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("university", WORDS, nullable=True),
        sa.Column("unit_id", KEY, nullable=True),
        sa.Column("deadline", WORDS, nullable=True),
        sa.Column("external_id", WORDS, nullable=True),
        sa.Column("ad", WORDS, nullable=True),
        sa.CheckConstraint(
            "kind IN ('visit', 'fair', 'ad', 'referral', 'study-visit', 'placement', 'summer-job', 'other')",
            name="ck_activity_kind_values",
        ),
        sa.CheckConstraint(
            "length(deadline) = 10 AND substr(deadline, 5, 1) = '-' AND substr(deadline, 8, 1) = '-'",
            name="ck_activity_deadline_day",
        ),
        sa.CheckConstraint(
            "length(occurred_on) = 10 AND substr(occurred_on, 5, 1) = '-' AND substr(occurred_on, 8, 1) = '-'",
            name="ck_activity_occurred_on_day",
        ),
        sa.CheckConstraint("applicants <= 1000000", name="ck_activity_applicants_max"),
        sa.CheckConstraint("applicants >= 0", name="ck_activity_applicants_min"),
        sa.CheckConstraint("cost <= 1000000000", name="ck_activity_cost_max"),
        sa.CheckConstraint("cost >= 0", name="ck_activity_cost_min"),
        sa.CheckConstraint("length(ad) <= 20000", name="ck_activity_ad_max"),
        sa.CheckConstraint("length(external_id) <= 60", name="ck_activity_external_id_max"),
        sa.CheckConstraint("length(external_id) >= 1", name="ck_activity_external_id_min"),
        sa.CheckConstraint("length(title) <= 200", name="ck_activity_title_max"),
        sa.CheckConstraint("length(title) >= 1", name="ck_activity_title_min"),
        sa.CheckConstraint("length(university) <= 20", name="ck_activity_university_max"),
        sa.CheckConstraint("minutes <= 1000000", name="ck_activity_minutes_max"),
        sa.CheckConstraint("minutes >= 0", name="ck_activity_minutes_min"),
        sa.CheckConstraint("qualified <= 1000000", name="ck_activity_qualified_max"),
        sa.CheckConstraint("qualified <= applicants", name="ck_activity_qualified_applicants"),
        sa.CheckConstraint("qualified >= 0", name="ck_activity_qualified_min"),
        sa.CheckConstraint("reached <= 1000000", name="ck_activity_reached_max"),
        sa.CheckConstraint("reached >= 0", name="ck_activity_reached_min"),
        sa.CheckConstraint(
            "term % 10 IN (1, 2) AND term >= 19001 AND term <= 29992", name="ck_activity_term_term"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_activity_unit_id"),
        sa.ForeignKeyConstraint(["university"], ["university.code"], name="fk_activity_university"),
        sa.PrimaryKeyConstraint("id", name="pk_activity"),
        sa.UniqueConstraint("external_id", name="uq_activity_external_id"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_index("ix_activity_term", "activity", ["term"], unique=False)


def _touch() -> None:
    op.create_table(
        "touch",
        sa.Column("id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("activity_id", KEY, nullable=False),
        sa.Column("occurred_on", WORDS, nullable=False),
        sa.CheckConstraint(
            "length(occurred_on) = 10 AND substr(occurred_on, 5, 1) = '-' AND substr(occurred_on, 8, 1) = '-'",
            name="ck_touch_occurred_on_day",
        ),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name="fk_touch_activity_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_touch_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_touch"),
        sa.UniqueConstraint("person_id", "activity_id", name="uq_touch"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_index("ix_touch_activity_id", "touch", ["activity_id"], unique=False)


def _theme() -> None:
    op.create_table(
        "theme",
        sa.Column("code", WORDS, nullable=False),
        sa.Column("title", WORDS, nullable=False),
        sa.CheckConstraint("length(code) <= 40", name="ck_theme_code_max"),
        sa.CheckConstraint("length(code) >= 1", name="ck_theme_code_min"),
        sa.CheckConstraint("length(title) <= 80", name="ck_theme_title_max"),
        sa.CheckConstraint("length(title) >= 1", name="ck_theme_title_min"),
        sa.PrimaryKeyConstraint("code", name="pk_theme"),
        sqlite_autoincrement=False,
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _voice() -> None:
    op.create_table(
        "voice",
        sa.Column("theme", WORDS, nullable=False),
        sa.Column("text", WORDS, nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("occurred_on", WORDS, nullable=False),
        sa.Column("activity_id", KEY, nullable=True),
        sa.Column("candidacy_id", KEY, nullable=True),
        sa.CheckConstraint("kind IN ('wish', 'concern', 'praise')", name="ck_voice_kind_values"),
        sa.CheckConstraint(
            "length(occurred_on) = 10 AND substr(occurred_on, 5, 1) = '-' AND substr(occurred_on, 8, 1) = '-'",
            name="ck_voice_occurred_on_day",
        ),
        sa.CheckConstraint("(activity_id IS NULL) <> (candidacy_id IS NULL)", name="ck_voice_whose"),
        sa.CheckConstraint("length(text) <= 2000", name="ck_voice_text_max"),
        sa.CheckConstraint("length(text) >= 1", name="ck_voice_text_min"),
        sa.CheckConstraint("length(theme) <= 40", name="ck_voice_theme_max"),
        sa.CheckConstraint("length(theme) >= 1", name="ck_voice_theme_min"),
        sa.CheckConstraint("number <= 10000", name="ck_voice_number_max"),
        sa.CheckConstraint("number >= 1", name="ck_voice_number_min"),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name="fk_voice_activity_id"),
        sa.ForeignKeyConstraint(["candidacy_id"], ["candidacy.id"], name="fk_voice_candidacy_id"),
        sa.PrimaryKeyConstraint("id", name="pk_voice"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_index("ix_voice_activity_id", "voice", ["activity_id"], unique=False)
    op.create_index("ix_voice_candidacy_id", "voice", ["candidacy_id"], unique=False)


def _agreement() -> None:
    op.create_table(
        "agreement",
        sa.Column("id", KEY, nullable=False),
        sa.Column("university", WORDS, nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("unit_id", KEY, nullable=True),
        sa.Column("asked", sa.Integer(), nullable=True),
        sa.Column("offered", sa.Integer(), nullable=True),
        sa.Column("confirmed", sa.Integer(), nullable=True),
        sa.Column("contact", WORDS, nullable=True),
        sa.CheckConstraint("asked <= 1000", name="ck_agreement_asked_max"),
        sa.CheckConstraint("asked >= 0", name="ck_agreement_asked_min"),
        sa.CheckConstraint("confirmed <= 1000", name="ck_agreement_confirmed_max"),
        sa.CheckConstraint("confirmed >= 0", name="ck_agreement_confirmed_min"),
        sa.CheckConstraint("length(contact) <= 200", name="ck_agreement_contact_max"),
        sa.CheckConstraint("length(contact) >= 1", name="ck_agreement_contact_min"),
        sa.CheckConstraint("length(university) <= 20", name="ck_agreement_university_max"),
        sa.CheckConstraint("offered <= 1000", name="ck_agreement_offered_max"),
        sa.CheckConstraint("offered >= 0", name="ck_agreement_offered_min"),
        sa.CheckConstraint(
            "term % 10 IN (1, 2) AND term >= 19001 AND term <= 29992", name="ck_agreement_term_term"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_agreement_unit_id"),
        sa.ForeignKeyConstraint(["university"], ["university.code"], name="fk_agreement_university"),
        sa.PrimaryKeyConstraint("id", name="pk_agreement"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_index(
        "uq_agreement", "agreement", ["university", "term", sa.text("coalesce(unit_id, 0)")], unique=True
    )


def _external_assignment() -> None:
    op.create_table(
        "external_assignment",
        sa.Column("id", KEY, nullable=False),
        sa.Column("label", WORDS, nullable=False),
        sa.Column("search_key", WORDS, nullable=False),
        sa.Column("staff_id", KEY, nullable=False),
        sa.Column("role", WORDS, nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("from_on", WORDS, nullable=False),
        sa.Column("to_on", WORDS, nullable=True),
        sa.CheckConstraint(
            "length(from_on) = 10 AND substr(from_on, 5, 1) = '-' AND substr(from_on, 8, 1) = '-'",
            name="ck_external_assignment_from_on_day",
        ),
        sa.CheckConstraint(
            "length(to_on) = 10 AND substr(to_on, 5, 1) = '-' AND substr(to_on, 8, 1) = '-'",
            name="ck_external_assignment_to_on_day",
        ),
        sa.CheckConstraint("role IN ('supervisor', 'mentor')", name="ck_external_assignment_role_values"),
        sa.CheckConstraint("length(label) <= 120", name="ck_external_assignment_label_max"),
        sa.CheckConstraint("length(label) >= 1", name="ck_external_assignment_label_min"),
        sa.CheckConstraint(
            "term % 10 IN (1, 2) AND term >= 19001 AND term <= 29992", name="ck_external_assignment_term_term"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_external_assignment_staff_id"),
        sa.PrimaryKeyConstraint("id", name="pk_external_assignment"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_index("ix_external_assignment_staff", "external_assignment", ["staff_id", "term"], unique=False)


def _need() -> None:
    op.create_table(
        "need",
        sa.Column("id", KEY, nullable=False),
        sa.Column("unit_id", KEY, nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("positions", sa.Integer(), nullable=False),
        sa.CheckConstraint("positions <= 10000", name="ck_need_positions_max"),
        sa.CheckConstraint("positions >= 0", name="ck_need_positions_min"),
        sa.CheckConstraint(
            "term % 10 IN (1, 2) AND term >= 19001 AND term <= 29992", name="ck_need_term_term"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_need_unit_id"),
        sa.PrimaryKeyConstraint("id", name="pk_need"),
        sa.UniqueConstraint("unit_id", "term", name="uq_need"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )


def _cost() -> None:
    op.create_table(
        "cost",
        sa.Column("id", KEY, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("term", sa.Integer(), nullable=True),
        sa.Column("unit_id", KEY, nullable=True),
        sa.Column("amount", KEY, nullable=False),
        sa.CheckConstraint("kind IN ('agency', 'own-staff')", name="ck_cost_kind_values"),
        sa.CheckConstraint("(year IS NULL) <> (term IS NULL)", name="ck_cost_period"),
        sa.CheckConstraint("amount <= 1000000000000", name="ck_cost_amount_max"),
        sa.CheckConstraint("amount >= 0", name="ck_cost_amount_min"),
        sa.CheckConstraint(
            "term % 10 IN (1, 2) AND term >= 19001 AND term <= 29992", name="ck_cost_term_term"
        ),
        sa.CheckConstraint("year <= 2999", name="ck_cost_year_max"),
        sa.CheckConstraint("year >= 1900", name="ck_cost_year_min"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_cost_unit_id"),
        sa.PrimaryKeyConstraint("id", name="pk_cost"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_index(
        "uq_cost",
        "cost",
        ["kind", sa.text("coalesce(year, 0)"), sa.text("coalesce(term, 0)"), sa.text("coalesce(unit_id, 0)")],
        unique=True,
    )


def _assumption() -> None:
    op.create_table(
        "assumption",
        sa.Column("name", WORDS, nullable=False),
        sa.Column("value", WORDS, nullable=False),
        sa.CheckConstraint("length(name) <= 40", name="ck_assumption_name_max"),
        sa.CheckConstraint("length(name) >= 1", name="ck_assumption_name_min"),
        sa.CheckConstraint("length(value) <= 40", name="ck_assumption_value_max"),
        sa.CheckConstraint("length(value) >= 1", name="ck_assumption_value_min"),
        sa.PrimaryKeyConstraint("name", name="pk_assumption"),
        sqlite_autoincrement=False,
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _stay() -> None:
    op.create_table(
        "stay",
        sa.Column("candidacy_id", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("stage", WORDS, nullable=False),
        sa.Column("entered_on", WORDS, nullable=False),
        sa.Column("entered_seq", sa.Integer(), nullable=False),
        sa.Column("first", FLAG, nullable=False),
        sa.Column("left_on", WORDS, nullable=True),
        sa.Column("left_seq", sa.Integer(), nullable=True),
        sa.Column("left_how", WORDS, nullable=True),
        sa.Column("outcome", WORDS, nullable=True),
        sa.Column("closed_by", WORDS, nullable=True),
        sa.Column("reason_id", KEY, nullable=True),
        sa.Column("paused_days", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("left_to", WORDS, nullable=True),
        sa.Column("pipeline_id", KEY, nullable=False),
        sa.CheckConstraint(
            "left_how IN ('onward', 'aside', 'back', 'ended')", name="ck_stay_left_how_values"
        ),
        sa.CheckConstraint(
            "length(entered_on) = 10 AND substr(entered_on, 5, 1) = '-' AND substr(entered_on, 8, 1) = '-'",
            name="ck_stay_entered_on_day",
        ),
        sa.CheckConstraint(
            "length(left_on) = 10 AND substr(left_on, 5, 1) = '-' AND substr(left_on, 8, 1) = '-'",
            name="ck_stay_left_on_day",
        ),
        sa.CheckConstraint(
            "outcome IN ('rejected', 'not-eligible', 'withdrawn', 'declined', 'discontinued', 'no-reply', 'position-filled')",
            name="ck_stay_outcome_values",
        ),
        sa.CheckConstraint("number >= 1", name="ck_stay_number_min"),
        sa.CheckConstraint("paused_days >= 0", name="ck_stay_paused_days_min"),
        sa.ForeignKeyConstraint(["candidacy_id"], ["candidacy.id"], name="fk_stay_candidacy_id"),
        sa.ForeignKeyConstraint(["pipeline_id"], ["pipeline.id"], name="fk_stay_pipeline_id"),
        sa.ForeignKeyConstraint(["reason_id"], ["remark.id"], name="fk_stay_reason_id"),
        sa.PrimaryKeyConstraint("candidacy_id", "number", name="pk_stay"),
        sqlite_autoincrement=False,
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_stay_left",
        "stay",
        ["pipeline_id", "stage", "days", "left_to", "left_on"],
        sqlite_where=sa.text("left_on IS NOT NULL"),
        postgresql_where=sa.text("left_on IS NOT NULL"),
    )
