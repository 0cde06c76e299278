"""The first schema: people, candidacies, their append-only log, and what is derived from it."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
FLAG = sa.Boolean().with_variant(sa.Integer(), "sqlite")
WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

_TRIGGERS = {
    "sqlite": (
        "CREATE TRIGGER event_no_update BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END",
        "CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END",
        "CREATE TRIGGER event_no_replace BEFORE INSERT ON event WHEN EXISTS (SELECT 1 FROM event WHERE candidacy_id = NEW.candidacy_id AND seq = NEW.seq) BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION event_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$",
        "CREATE TRIGGER event_no_change BEFORE UPDATE OR DELETE ON event FOR EACH ROW EXECUTE FUNCTION event_append_only()",
        "CREATE TRIGGER event_no_truncate BEFORE TRUNCATE ON event FOR EACH STATEMENT EXECUTE FUNCTION event_append_only()",
    ),
}


def upgrade() -> None:
    """Create every table, then the triggers on the log."""
    _actor()
    _pipeline()
    _unit()
    _university()
    _cohort()
    _command()
    _person()
    _staff()
    _candidacy()
    _edit()
    _staff_capacity()
    _staff_role()
    _tag()
    _assignment()
    _event()
    _remark()
    _fact()
    _stay()
    for statement in _TRIGGERS[op.get_bind().dialect.name]:
        op.execute(sa.text(statement))


def _actor() -> None:
    op.create_table(
        "actor",
        sa.Column("id", KEY, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.CheckConstraint("length(name) <= 200", name="ck_actor_name_max"),
        sa.CheckConstraint("length(name) >= 1", name="ck_actor_name_min"),
        sa.PrimaryKeyConstraint("id", name="pk_actor"),
        sa.UniqueConstraint("name", name="uq_actor_name"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )


def _pipeline() -> None:
    op.create_table(
        "pipeline",
        sa.Column("id", KEY, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("digest", WORDS, nullable=False),
        sa.Column("definition", WORDS, nullable=False),
        sa.Column("source", WORDS, nullable=False),
        sa.Column("installed_at", WORDS, nullable=False),
        sa.CheckConstraint(
            "length(installed_at) = 27 AND substr(installed_at, 11, 1) = 'T' AND substr(installed_at, 27, 1) = 'Z'",
            name="ck_pipeline_installed_at_time",
        ),
        sa.CheckConstraint("length(digest) = 64", name="ck_pipeline_digest_hash"),
        sa.CheckConstraint("length(name) <= 60", name="ck_pipeline_name_max"),
        sa.CheckConstraint("length(name) >= 1", name="ck_pipeline_name_min"),
        sa.CheckConstraint("version >= 1", name="ck_pipeline_version_min"),
        sa.PrimaryKeyConstraint("id", name="pk_pipeline"),
        sa.UniqueConstraint("name", "version", name="uq_pipeline_version"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )


def _unit() -> None:
    op.create_table(
        "unit",
        sa.Column("name", WORDS, nullable=False),
        sa.Column("employer", WORDS, nullable=True),
        sa.Column("child_and_youth", FLAG, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("search_key", WORDS, nullable=False),
        sa.CheckConstraint("length(employer) <= 120", name="ck_unit_employer_max"),
        sa.CheckConstraint("length(name) <= 120", name="ck_unit_name_max"),
        sa.CheckConstraint("length(name) >= 1", name="ck_unit_name_min"),
        sa.PrimaryKeyConstraint("id", name="pk_unit"),
        sa.UniqueConstraint("search_key", name="uq_unit_search_key"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )


def _university() -> None:
    op.create_table(
        "university",
        sa.Column("code", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("town", WORDS, nullable=False),
        sa.CheckConstraint("length(code) <= 20", name="ck_university_code_max"),
        sa.CheckConstraint("length(code) >= 1", name="ck_university_code_min"),
        sa.CheckConstraint("length(name) <= 120", name="ck_university_name_max"),
        sa.CheckConstraint("length(name) >= 1", name="ck_university_name_min"),
        sa.CheckConstraint("length(town) <= 120", name="ck_university_town_max"),
        sa.CheckConstraint("length(town) >= 1", name="ck_university_town_min"),
        sa.PrimaryKeyConstraint("code", name="pk_university"),
        sqlite_autoincrement=False,
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _cohort() -> None:
    op.create_table(
        "cohort",
        sa.Column("pipeline", WORDS, nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("registry_number", WORDS, nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.Column("unit_id", KEY, nullable=True),
        sa.Column("search_key", WORDS, nullable=False),
        sa.CheckConstraint("length(name) <= 120", name="ck_cohort_name_max"),
        sa.CheckConstraint("length(pipeline) <= 60", name="ck_cohort_pipeline_max"),
        sa.CheckConstraint("length(pipeline) >= 1", name="ck_cohort_pipeline_min"),
        sa.CheckConstraint("length(registry_number) <= 60", name="ck_cohort_registry_number_max"),
        sa.CheckConstraint("seats <= 10000", name="ck_cohort_seats_max"),
        sa.CheckConstraint("seats >= 0", name="ck_cohort_seats_min"),
        sa.CheckConstraint(
            "term % 10 IN (1, 2) AND term >= 19001 AND term <= 29992", name="ck_cohort_term_term"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_cohort_unit_id"),
        sa.PrimaryKeyConstraint("id", name="pk_cohort"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_index("ix_cohort_term", "cohort", ["term"], unique=False)
    op.create_index(
        "uq_cohort",
        "cohort",
        ["pipeline", "term", sa.text("coalesce(unit_id, 0)"), "search_key"],
        unique=True,
    )


def _command() -> None:
    op.create_table(
        "command",
        sa.Column("id", KEY, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("actor_id", KEY, nullable=False),
        sa.Column("recorded_at", WORDS, nullable=False),
        sa.CheckConstraint(
            "length(recorded_at) = 27 AND substr(recorded_at, 11, 1) = 'T' AND substr(recorded_at, 27, 1) = 'Z'",
            name="ck_command_recorded_at_time",
        ),
        sa.CheckConstraint("length(name) <= 40", name="ck_command_name_max"),
        sa.CheckConstraint("length(name) >= 1", name="ck_command_name_min"),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name="fk_command_actor_id"),
        sa.PrimaryKeyConstraint("id", name="pk_command"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_index("ix_command_actor_id", "command", ["actor_id"], unique=False)


def _person() -> None:
    op.create_table(
        "person",
        sa.Column("name", WORDS, nullable=True),
        sa.Column("email", WORDS, nullable=True),
        sa.Column("phone", WORDS, nullable=True),
        sa.Column("university", WORDS, nullable=True),
        sa.Column("graduates", sa.Integer(), nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.Column("protected_number", sa.Integer(), nullable=True),
        sa.Column("search_key", WORDS, nullable=False),
        sa.Column("sort_key", WORDS, nullable=False),
        sa.Column("email_key", WORDS, nullable=True),
        sa.Column("void", FLAG, nullable=False),
        sa.CheckConstraint(
            "graduates % 10 IN (1, 2) AND graduates >= 19001 AND graduates <= 29992",
            name="ck_person_graduates_term",
        ),
        sa.CheckConstraint("length(email) <= 254", name="ck_person_email_max"),
        sa.CheckConstraint("length(email) >= 3", name="ck_person_email_min"),
        sa.CheckConstraint("length(name) <= 200", name="ck_person_name_max"),
        sa.CheckConstraint("length(name) >= 1", name="ck_person_name_min"),
        sa.CheckConstraint("length(phone) <= 40", name="ck_person_phone_max"),
        sa.CheckConstraint("length(phone) >= 1", name="ck_person_phone_min"),
        sa.CheckConstraint("length(university) <= 20", name="ck_person_university_max"),
        sa.CheckConstraint("name IS NOT NULL OR protected_number IS NOT NULL", name="ck_person_named"),
        sa.CheckConstraint(
            "protected_number IS NULL OR coalesce(name, email, phone, university) IS NULL",
            name="ck_person_protected",
        ),
        sa.ForeignKeyConstraint(["university"], ["university.code"], name="fk_person_university"),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("protected_number", name="uq_person_protected_number"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_index("ix_person_sort", "person", ["sort_key", "id"], unique=False)
    op.create_index(
        "uq_person_email",
        "person",
        ["email_key"],
        unique=True,
        sqlite_where=sa.text("NOT void"),
        postgresql_where=sa.text("NOT void"),
    )


def _staff() -> None:
    op.create_table(
        "staff",
        sa.Column("name", WORDS, nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("search_key", WORDS, nullable=False),
        sa.Column("unit_id", KEY, nullable=True),
        sa.Column("left_on", WORDS, nullable=True),
        sa.CheckConstraint(
            "length(left_on) = 10 AND substr(left_on, 5, 1) = '-' AND substr(left_on, 8, 1) = '-'",
            name="ck_staff_left_on_day",
        ),
        sa.CheckConstraint("capacity <= 1000", name="ck_staff_capacity_max"),
        sa.CheckConstraint("capacity >= 0", name="ck_staff_capacity_min"),
        sa.CheckConstraint("length(name) <= 200", name="ck_staff_name_max"),
        sa.CheckConstraint("length(name) >= 1", name="ck_staff_name_min"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_staff_unit_id"),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_index("ix_staff_search_key", "staff", ["search_key"], unique=False)


def _candidacy() -> None:
    op.create_table(
        "candidacy",
        sa.Column("id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("pipeline_id", KEY, nullable=False),
        sa.Column("cohort_id", KEY, nullable=False),
        sa.Column("unit_id", KEY, nullable=True),
        sa.Column("channel", WORDS, nullable=True),
        sa.Column("state", WORDS, nullable=False),
        sa.Column("stage", WORDS, nullable=False),
        sa.Column("entered_on", WORDS, nullable=True),
        sa.Column("due_on", WORDS, nullable=True),
        sa.Column("outcome", WORDS, nullable=True),
        sa.Column("closed_on", WORDS, nullable=True),
        sa.Column("holds_seat", FLAG, nullable=False),
        sa.Column("supervised", FLAG, nullable=False),
        sa.Column("paused_from", WORDS, nullable=True),
        sa.Column("paused_until", WORDS, nullable=True),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("head_seq", sa.Integer(), nullable=False),
        sa.Column("head_hash", WORDS, nullable=False),
        sa.Column("changed_at", WORDS, nullable=False),
        sa.CheckConstraint(
            "channel IN ('visit', 'fair', 'ad', 'referral', 'study-visit', 'placement', 'summer-job', 'unsolicited', 'other')",
            name="ck_candidacy_channel_values",
        ),
        sa.CheckConstraint(
            "length(changed_at) = 27 AND substr(changed_at, 11, 1) = 'T' AND substr(changed_at, 27, 1) = 'Z'",
            name="ck_candidacy_changed_at_time",
        ),
        sa.CheckConstraint(
            "length(closed_on) = 10 AND substr(closed_on, 5, 1) = '-' AND substr(closed_on, 8, 1) = '-'",
            name="ck_candidacy_closed_on_day",
        ),
        sa.CheckConstraint(
            "length(due_on) = 10 AND substr(due_on, 5, 1) = '-' AND substr(due_on, 8, 1) = '-'",
            name="ck_candidacy_due_on_day",
        ),
        sa.CheckConstraint(
            "length(entered_on) = 10 AND substr(entered_on, 5, 1) = '-' AND substr(entered_on, 8, 1) = '-'",
            name="ck_candidacy_entered_on_day",
        ),
        sa.CheckConstraint(
            "length(paused_from) = 10 AND substr(paused_from, 5, 1) = '-' AND substr(paused_from, 8, 1) = '-'",
            name="ck_candidacy_paused_from_day",
        ),
        sa.CheckConstraint(
            "length(paused_until) = 10 AND substr(paused_until, 5, 1) = '-' AND substr(paused_until, 8, 1) = '-'",
            name="ck_candidacy_paused_until_day",
        ),
        sa.CheckConstraint(
            "outcome IN ('rejected', 'not-eligible', 'withdrawn', 'declined', 'discontinued', 'no-reply', 'position-filled')",
            name="ck_candidacy_outcome_values",
        ),
        sa.CheckConstraint("state IN ('void', 'open', 'won', 'lost')", name="ck_candidacy_state_values"),
        sa.CheckConstraint("head_seq >= 0", name="ck_candidacy_head_seq_min"),
        sa.CheckConstraint("length(head_hash) = 64", name="ck_candidacy_head_hash_hash"),
        sa.CheckConstraint("number >= 1", name="ck_candidacy_number_min"),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name="fk_candidacy_cohort_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_candidacy_person_id"),
        sa.ForeignKeyConstraint(["pipeline_id"], ["pipeline.id"], name="fk_candidacy_pipeline_id"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_candidacy_unit_id"),
        sa.PrimaryKeyConstraint("id", name="pk_candidacy"),
        sa.UniqueConstraint("person_id", "number", name="uq_candidacy_number"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_index("ix_candidacy_cohort", "candidacy", ["cohort_id", "state", "stage"], unique=False)
    op.create_index("ix_candidacy_due", "candidacy", ["state", "due_on"], unique=False)
    op.create_index("ix_candidacy_pipeline_id", "candidacy", ["pipeline_id"], unique=False)
    op.create_index(
        "ix_candidacy_seat",
        "candidacy",
        ["cohort_id"],
        unique=False,
        sqlite_where=sa.text("holds_seat"),
        postgresql_where=sa.text("holds_seat"),
    )


def _edit() -> None:
    op.create_table(
        "edit",
        sa.Column("command_id", KEY, nullable=False),
        sa.Column("undone_by", KEY, nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("entity", WORDS, nullable=False),
        sa.Column("key", WORDS, nullable=False),
        sa.Column("field", WORDS, nullable=False),
        sa.Column("before", WORDS, nullable=True),
        sa.Column("after", WORDS, nullable=True),
        sa.CheckConstraint("length(entity) <= 20", name="ck_edit_entity_max"),
        sa.CheckConstraint("length(entity) >= 1", name="ck_edit_entity_min"),
        sa.CheckConstraint("length(field) <= 40", name="ck_edit_field_max"),
        sa.CheckConstraint("length(key) <= 120", name="ck_edit_key_max"),
        sa.CheckConstraint("length(key) >= 1", name="ck_edit_key_min"),
        sa.CheckConstraint("number >= 1", name="ck_edit_number_min"),
        sa.ForeignKeyConstraint(["command_id"], ["command.id"], name="fk_edit_command_id"),
        sa.ForeignKeyConstraint(["undone_by"], ["command.id"], name="fk_edit_undone_by"),
        sa.PrimaryKeyConstraint("command_id", "number", name="pk_edit"),
        sqlite_autoincrement=False,
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_edit_row", "edit", ["entity", "key"], unique=False)


def _staff_capacity() -> None:
    op.create_table(
        "staff_capacity",
        sa.Column("staff_id", KEY, nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.CheckConstraint("capacity <= 1000", name="ck_staff_capacity_capacity_max"),
        sa.CheckConstraint("capacity >= 0", name="ck_staff_capacity_capacity_min"),
        sa.CheckConstraint(
            "term % 10 IN (1, 2) AND term >= 19001 AND term <= 29992", name="ck_staff_capacity_term_term"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_staff_capacity_staff_id"),
        sa.PrimaryKeyConstraint("staff_id", "term", name="pk_staff_capacity"),
        sqlite_autoincrement=False,
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _staff_role() -> None:
    op.create_table(
        "staff_role",
        sa.Column("staff_id", KEY, nullable=False),
        sa.Column("role", WORDS, nullable=False),
        sa.CheckConstraint("role IN ('supervisor', 'mentor')", name="ck_staff_role_role_values"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_staff_role_staff_id"),
        sa.PrimaryKeyConstraint("staff_id", "role", name="pk_staff_role"),
        sqlite_autoincrement=False,
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _tag() -> None:
    op.create_table(
        "tag",
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("tag", WORDS, nullable=False),
        sa.CheckConstraint("length(tag) <= 60", name="ck_tag_tag_max"),
        sa.CheckConstraint("length(tag) >= 1", name="ck_tag_tag_min"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_tag_person_id"),
        sa.PrimaryKeyConstraint("person_id", "tag", name="pk_tag"),
        sqlite_autoincrement=False,
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_tag", "tag", ["tag", "person_id"], unique=False)


def _assignment() -> None:
    op.create_table(
        "assignment",
        sa.Column("candidacy_id", KEY, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("role", WORDS, nullable=False),
        sa.Column("staff_id", KEY, nullable=False),
        sa.Column("from_on", WORDS, nullable=False),
        sa.Column("to_on", WORDS, nullable=True),
        sa.CheckConstraint(
            "length(from_on) = 10 AND substr(from_on, 5, 1) = '-' AND substr(from_on, 8, 1) = '-'",
            name="ck_assignment_from_on_day",
        ),
        sa.CheckConstraint(
            "length(to_on) = 10 AND substr(to_on, 5, 1) = '-' AND substr(to_on, 8, 1) = '-'",
            name="ck_assignment_to_on_day",
        ),
        sa.CheckConstraint("role IN ('supervisor', 'mentor')", name="ck_assignment_role_values"),
        sa.ForeignKeyConstraint(["candidacy_id"], ["candidacy.id"], name="fk_assignment_candidacy_id"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_assignment_staff_id"),
        sa.PrimaryKeyConstraint("candidacy_id", "seq", name="pk_assignment"),
        sqlite_autoincrement=False,
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_assignment_staff", "assignment", ["staff_id", "to_on"], unique=False)


def _event() -> None:
    op.create_table(
        "event",
        sa.Column("candidacy_id", KEY, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("occurred_on", WORDS, nullable=True),
        sa.Column("recorded_at", WORDS, nullable=False),
        sa.Column("command_id", KEY, nullable=False),
        sa.Column("body", WORDS, nullable=False),
        sa.Column("hash", WORDS, nullable=False),
        sa.CheckConstraint(
            "length(occurred_on) = 10 AND substr(occurred_on, 5, 1) = '-' AND substr(occurred_on, 8, 1) = '-'",
            name="ck_event_occurred_on_day",
        ),
        sa.CheckConstraint(
            "length(recorded_at) = 27 AND substr(recorded_at, 11, 1) = 'T' AND substr(recorded_at, 27, 1) = 'Z'",
            name="ck_event_recorded_at_time",
        ),
        sa.CheckConstraint("length(hash) = 64", name="ck_event_hash_hash"),
        sa.CheckConstraint("length(kind) <= 40", name="ck_event_kind_max"),
        sa.CheckConstraint("length(kind) >= 1", name="ck_event_kind_min"),
        sa.CheckConstraint("seq >= 1", name="ck_event_seq_min"),
        sa.CheckConstraint("version >= 1", name="ck_event_version_min"),
        sa.ForeignKeyConstraint(["candidacy_id"], ["candidacy.id"], name="fk_event_candidacy_id"),
        sa.ForeignKeyConstraint(["command_id"], ["command.id"], name="fk_event_command_id"),
        sa.PrimaryKeyConstraint("candidacy_id", "seq", name="pk_event"),
        sqlite_autoincrement=False,
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_event_command_id", "event", ["command_id"], unique=False)


def _remark() -> None:
    op.create_table(
        "remark",
        sa.Column("id", KEY, nullable=False),
        sa.Column("candidacy_id", KEY, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("text", WORDS, nullable=False),
        sa.Column("occurred_on", WORDS, nullable=True),
        sa.Column("command_id", KEY, nullable=False),
        sa.CheckConstraint(
            "length(occurred_on) = 10 AND substr(occurred_on, 5, 1) = '-' AND substr(occurred_on, 8, 1) = '-'",
            name="ck_remark_occurred_on_day",
        ),
        sa.CheckConstraint("length(kind) <= 20", name="ck_remark_kind_max"),
        sa.CheckConstraint("length(kind) >= 1", name="ck_remark_kind_min"),
        sa.CheckConstraint("length(text) <= 10000", name="ck_remark_text_max"),
        sa.ForeignKeyConstraint(["candidacy_id"], ["candidacy.id"], name="fk_remark_candidacy_id"),
        sa.ForeignKeyConstraint(["command_id"], ["command.id"], name="fk_remark_command_id"),
        sa.PrimaryKeyConstraint("id", name="pk_remark"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_index("ix_remark_candidacy_id", "remark", ["candidacy_id"], unique=False)
    op.create_index("ix_remark_command_id", "remark", ["command_id"], unique=False)


def _fact() -> None:
    op.create_table(
        "fact",
        sa.Column("candidacy_id", KEY, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("about_person", FLAG, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("value", WORDS, nullable=True),
        sa.Column("occurred_on", WORDS, nullable=False),
        sa.Column("text_id", KEY, nullable=True),
        sa.Column("seen_by_id", KEY, nullable=True),
        sa.CheckConstraint(
            "length(occurred_on) = 10 AND substr(occurred_on, 5, 1) = '-' AND substr(occurred_on, 8, 1) = '-'",
            name="ck_fact_occurred_on_day",
        ),
        sa.ForeignKeyConstraint(["candidacy_id"], ["candidacy.id"], name="fk_fact_candidacy_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_fact_person_id"),
        sa.ForeignKeyConstraint(["seen_by_id"], ["remark.id"], name="fk_fact_seen_by_id"),
        sa.ForeignKeyConstraint(["text_id"], ["remark.id"], name="fk_fact_text_id"),
        sa.PrimaryKeyConstraint("candidacy_id", "seq", name="pk_fact"),
        sqlite_autoincrement=False,
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_fact_person", "fact", ["person_id", "name"], unique=False)


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
        sa.ForeignKeyConstraint(["reason_id"], ["remark.id"], name="fk_stay_reason_id"),
        sa.PrimaryKeyConstraint("candidacy_id", "number", name="pk_stay"),
        sqlite_autoincrement=False,
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
