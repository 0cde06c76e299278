"""Who may do what in a store on PostgreSQL: three roles, and the SQL that makes them and says it.

The owner has the tables and makes the schema; the app is never it. A recruiter may do what the program's
statements do and nothing else: of the log, read and add. A reader counts, and reads none of what tells who
somebody is. Every right is stated here, and tests compare it with what the statements use: a right too many
would be found by nobody else.
"""

from textwrap import wrap
from typing import NamedTuple

from socrekry.store.postgresql.connection import LOCK

OWNER, RECRUITER, READER = ROLES = ("socrekry_owner", "socrekry_recruiter", "socrekry_reader")

_ALL = "SELECT, INSERT, DELETE"
TABLES: dict[str, str] = {
    "activity": f"{_ALL}, UPDATE (title, occurred_on, term, university, unit_id, cost, reached, minutes, "
    "applicants, qualified, deadline)",
    "actor": "SELECT, INSERT",
    "agreement": f"{_ALL}, UPDATE (asked, offered, confirmed, contact)",
    "alembic_version": "SELECT",
    "assignment": _ALL,
    "assumption": f"{_ALL}, UPDATE (value)",
    "candidacy": "SELECT, INSERT, UPDATE (person_id, number, cohort_id, unit_id, state, stage, entered_on, "
    "due_on, outcome, closed_on, holds_seat, supervised, paused_from, paused_until, rank, head_seq, "
    "head_hash, changed_at)",
    "cohort": f"{_ALL}, UPDATE (seats, name, registry_number, search_key)",
    "command": "SELECT, INSERT",
    "cost": f"{_ALL}, UPDATE (amount)",
    "course_tally": f"{_ALL}, UPDATE (n)",
    "credit_tally": f"{_ALL}, UPDATE (n)",
    "edit": f"{_ALL}, UPDATE (undone_by)",
    "event": "SELECT, INSERT",
    "external_assignment": f"{_ALL}, UPDATE (to_on)",
    "fact": f"{_ALL}, UPDATE (person_id)",
    "former_id": _ALL,
    "left_tally": f"{_ALL}, UPDATE (n)",
    "merged": f"{_ALL}, UPDATE (into_id)",
    "need": f"{_ALL}, UPDATE (positions)",
    "person": "SELECT, INSERT, UPDATE (name, email, phone, university, graduates, protected_number, "
    "search_key, sort_key, email_key, phone_key, void)",
    "pipeline": _ALL,
    "remark": f"{_ALL}, UPDATE (text)",
    "staff": f"{_ALL}, UPDATE (name, search_key, capacity, unit_id, left_on)",
    "staff_capacity": _ALL,
    "staff_role": _ALL,
    "standing_tally": f"{_ALL}, UPDATE (n)",
    "stay": _ALL,
    "tag": _ALL,
    "theme": _ALL,
    "time_tally": f"{_ALL}, UPDATE (n)",
    "told_apart": _ALL,
    "touch": f"{_ALL}, UPDATE (person_id, occurred_on)",
    "unit": _ALL,
    "unit_access": "SELECT",
    "university": _ALL,
    "visit_tally": f"{_ALL}, UPDATE (n)",
    "voice": f"{_ALL}, UPDATE (text)",
}
"""What a recruiter may do with each table."""

NUMBERED = (
    *("activity", "actor", "agreement", "candidacy", "cohort", "command", "cost", "external_assignment"),
    *("need", "person", "pipeline", "remark", "staff", "touch", "unit", "voice"),
)
"""The tables whose rows a recruiter gives a number of their own."""

VIEWS = (
    *("edit_standing", "event_written", "first_in_line", "protected_number_given", "reason_told"),
    *("room_taken", "seat_taken", "theme_used", "touch_made"),
)
SIGHT = ("unit_allowed", "candidacy_allowed", "candidacy_in_sight", "person_begun")
"""The views that row security rests on; they are there while it is on."""

READABLE: dict[str, str] = {
    "activity": "id, kind, title, occurred_on, term, university, unit_id, cost, reached, applicants, "
    "qualified",
    "alembic_version": "version_num",
    "assumption": "name, value",
    "candidacy": "id, person_id, number, pipeline_id, cohort_id, unit_id, channel, state, stage, entered_on, "
    "closed_on, paused_from, paused_until",
    "cohort": "id, pipeline, term, seats, name, registry_number, unit_id, search_key",
    "cost": "kind, year, term, unit_id, amount",
    "course_tally": "cohort_id, unit_id, started_on, left_on, still_on, left_last, reason, n",
    "credit_tally": "cohort_id, pipeline_id, unit_id, activity_id, kind, stage, begins, graduating, n",
    "event": "candidacy_id, seq, kind, occurred_on, recorded_at, command_id, body",
    "fact": "candidacy_id, seq, name, occurred_on, text_id",
    "left_tally": "pipeline_id, stage, days, left_to, n",
    "need": "unit_id, term, positions",
    "person": "id, university, graduates, void",
    "pipeline": "id, name, version, digest, definition, installed_at",
    "reason_told": "id, text",
    "seat_taken": "cohort_id",
    "staff": "unit_id, left_on",
    "standing_tally": "cohort_id, pipeline_id, unit_id, stage, entered_on, paused_days, "
    "paused_from, paused_until, told_on, n",
    "stay": "candidacy_id, number, stage, entered_on, first, left_on, left_how, outcome, closed_by, "
    "reason_id, paused_days, days, left_to, pipeline_id",
    "theme": "code, title",
    "time_tally": "cohort_id, unit_id, stage, days, onward, n",
    "touch": "id, person_id, activity_id, occurred_on",
    "unit": "id, name, employer, child_and_youth, search_key",
    "university": "code, name, town",
    "visit_tally": "cohort_id, pipeline_id, unit_id, stage, before, first, completed, "
    "left_how, seat, outcome, closed_by, reason, n",
    "voice": "kind, theme, number, occurred_on, activity_id, candidacy_id",
}
"""The columns that a reader may read: those that the figures are counted from."""

_FUNCTION = "event_append_only()"


class Place(NamedTuple):
    """Where the roles are to hold: the schema and the database, and what else is to be known of them.

    ``alone``: nobody else keeps anything in this database. ``secured``: row security is on.
    """

    schema: str
    database: str
    alone: bool
    secured: bool


class Step(NamedTuple):
    """A few statements that belong together, and why."""

    why: str
    statements: tuple[str, ...]


def quoted(name: str) -> str:
    """Return a name as SQL wants it, whatever stands in it."""
    return '"' + name.replace('"', '""') + '"'


def steps(place: Place) -> tuple[Step, ...]:
    """Return what makes the roles and gives them their rights; done again, it changes nothing."""
    return (
        Step("Names are those of this schema alone.", searching(place.schema)),
        Step("The roles: groups, into which logins are put. Nobody else writes meanwhile.", (_MAKE,)),
        Step("The owner has all that is the store's, and makes what a migration makes.", _ownership(place)),
        _database(place),
        *rights(secured=place.secured),
    )


def rights(*, secured: bool) -> tuple[Step, ...]:
    """Return what gives recruiters and readers exactly their rights, as its owner may."""
    views = (*VIEWS, *(SIGHT if secured else ()))
    everything = ", ".join((*TABLES, *views))
    sequences = ", ".join(f"{table}_id_seq" for table in (*NUMBERED, "unit_access"))
    numbered = ", ".join(f"{table}_id_seq" for table in NUMBERED)
    others = f"PUBLIC, {RECRUITER}, {READER}"
    return (
        Step(
            "Whatever anybody had before is taken back.",
            (
                f"REVOKE ALL ON {everything} FROM {others}",
                f"REVOKE ALL ON SEQUENCE {sequences} FROM {others}",
                f"REVOKE ALL ON FUNCTION {_FUNCTION} FROM {others}",
            ),
        ),
        Step(
            "A recruiter may do what the program does: of the log (event), read and add.",
            (
                *(f"GRANT {may} ON {table} TO {RECRUITER}" for table, may in TABLES.items()),
                # UPDATE is to put them back after a rehearsal or a refusal: `postgresql_numbers`.
                f"GRANT USAGE, UPDATE ON SEQUENCE {numbered} TO {RECRUITER}",
                f"GRANT SELECT ON {', '.join(views)} TO {RECRUITER}",
            ),
        ),
        Step(
            "A reader may read what the figures are counted from: no name, no address, no note.",
            (
                *(f"GRANT SELECT ({columns}) ON {name} TO {READER}" for name, columns in READABLE.items()),
                *((f"GRANT SELECT ON {', '.join(SIGHT)} TO {READER}",) if secured else ()),
            ),
        ),
    )


def searching(schema: str) -> tuple[str, ...]:
    """Return what has names looked for in one schema first, and only warnings told, until the end."""
    return (
        f"SET LOCAL search_path TO {quoted(schema)}, pg_temp",
        "SET LOCAL client_min_messages TO warning",
    )


def as_text(parts: tuple[Step, ...]) -> str:
    """Return steps as a text that psql reads, in one transaction."""
    told = [f"-- {part.why}\n" + "".join(f"{_folded(each)};\n" for each in part.statements) for part in parts]
    return "\n".join(("BEGIN;\n", *told, "COMMIT;\n"))


def _folded(statement: str) -> str:
    """Return a statement in lines of a readable length, unless a name in quotes may hold a space."""
    if '"' in statement or "\n" in statement:
        return statement
    return "\n    ".join(wrap(statement, 110, break_long_words=False, break_on_hyphens=False))


def _ownership(place: Place) -> tuple[str, ...]:
    views = (*VIEWS, *(SIGHT if place.secured else ()))
    return (
        f"GRANT USAGE, CREATE ON SCHEMA {quoted(place.schema)} TO {OWNER}",
        *(f"ALTER TABLE {table} OWNER TO {OWNER}" for table in TABLES),
        *(f"ALTER VIEW {view} OWNER TO {OWNER}" for view in views),
        f"ALTER FUNCTION {_FUNCTION} OWNER TO {OWNER}",
    )


def _database(place: Place) -> Step:
    """Return what keeps others out of the schema and, where nothing else is kept there, of the database."""
    schema, database = quoted(place.schema), quoted(place.database)
    within = (
        f"REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA {schema} TO {RECRUITER}, {READER}",
    )
    if not place.alone:
        return Step(
            "Nobody else makes anything in the schema. Others use this database too, so who may connect "
            "is left as it is.",
            within,
        )
    return Step(
        "Nobody else makes anything in the schema, nor connects to the database, which keeps nothing else.",
        (
            *within,
            f"REVOKE CONNECT, TEMPORARY ON DATABASE {database} FROM PUBLIC",
            f"GRANT CONNECT ON DATABASE {database} TO {', '.join(ROLES)}",
        ),
    )


_MAKE = f"""DO $$
DECLARE wanted text;
BEGIN
    PERFORM pg_advisory_xact_lock({LOCK[0]}, {LOCK[1]});
    FOREACH wanted IN ARRAY ARRAY['{OWNER}', '{RECRUITER}', '{READER}'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
            EXCEPTION WHEN duplicate_object OR unique_violation THEN
                NULL;  -- made for another database of this server at the same moment
            END;
        END IF;
    END LOOP;
    IF NOT pg_has_role('{OWNER}', CASE WHEN current_setting('server_version_num')::int < 160000
                                            THEN 'MEMBER' ELSE 'SET' END) THEN
        EXECUTE format('GRANT {OWNER} TO %I', current_user);
    END IF;
END $$"""
