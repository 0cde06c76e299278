"""A recruiter may do what the program does and nothing else, a reader reads what figures are counted from."""

import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest

from socrekry.store.postgresql.roles import (
    NUMBERED,
    READABLE,
    SIGHT,
    TABLES,
    VIEWS,
    Place,
    as_text,
    quoted,
    steps,
)
from socrekry.store.postgresql.rows import TALLIES
from socrekry.store.statements import read_statements, rooms
from tests.contract.statement_values import VALUES
from tests.engines import new_database, uri_of
from tests.shared import OWNER, READER, RECRUITER, Somebody, a_login, columns_for, states, the_story
from tests.stories import NAMES

STATEMENTS = {name: text for room in rooms() for name, text in read_statements(room).items()}
THE_OWNERS = {"access.add", "access.drop"}
# What the reports run, and what the lists run that say what can be asked for.
READERS_STATEMENTS = {
    "channels": ("activities", "candidacies", "pipelines", "touches", "words"),
    "forecast": ("left", "standing", "started"),
    "log": ("read",),
    "needs": ("assumptions", "costs", "needs", "standing", "started"),
    "programme": (
        "cohorts",
        "definition",
        "definitions",
        "latest_pipeline",
        "open_by_stage",
        "pipeline_names",
        "pipelines",
        "seats_taken",
        "unit_names",
        "units",
        "universities",
        "university_names",
    ),
    "report": (
        *(
            "cohorts",
            "exits",
            "histories",
            "lead_times",
            "left_stays",
            "open_stays",
            "seats",
            "terms",
            "visits",
        ),
    ),
    "retention": ("courses", "origins", "started", "touches", "words"),
    "store": ("schema_version",),
    "tallied": (
        *("activities", "answers", "answers_of_courses", "answers_of_credits", "courses", "credits"),
        *("credits_of_words", "exits", "left", "left_stays", "open_stays", "seats"),
        *("started", "standing", "standing_by_stage", "visits"),
    ),
    "voices": ("counts", "heard", "latest", "themes"),
    "views": ("endings", "holders", "moves", "standing"),
}
READERS = frozenset(f"{room}.{name}" for room, names in READERS_STATEMENTS.items() for name in names)
DENIED = "42501"


@pytest.fixture(scope="module")
def database() -> str:
    return the_story()


@pytest.fixture(scope="module")
def recruiter(database: str) -> Iterator[Somebody]:
    with closing(Somebody(database, a_login(RECRUITER))) as somebody:
        yield somebody


@pytest.fixture(scope="module")
def reader(database: str) -> Iterator[Somebody]:
    with closing(Somebody(database, a_login(READER))) as somebody:
        yield somebody


@pytest.fixture(scope="module")
def superuser(database: str) -> Iterator[Somebody]:
    with closing(Somebody(database, "postgres")) as somebody:
        yield somebody


def what_is_written() -> dict[str, set[str]]:
    """Return what the statements that are not the owner's do to each table; an UPDATE with its columns."""
    found: dict[str, set[str]] = defaultdict(set)
    for name in STATEMENTS.keys() - THE_OWNERS:
        written = re.match(r"(INSERT|UPDATE|DELETE)(?: INTO| FROM)? (\w+)", STATEMENTS[name])
        if written:
            verb, table = written.groups()
            _, _, set_ = re.split(r"\bWHERE\b", STATEMENTS[name])[0].partition("SET")
            columns = re.findall(r'(?:^|,)\s*"?(\w+)"? =', set_)
            found[table] |= {f"UPDATE ({each})" for each in columns} if verb == "UPDATE" else {verb}
            found[table] |= {"UPDATE (n)"} if "DO UPDATE SET n" in STATEMENTS[name] else set()
    return found


def what_is_read() -> dict[str, set[str]]:
    """Return the tables and views that the statements read."""
    found: dict[str, set[str]] = defaultdict(set)
    for text in STATEMENTS.values():
        for table in re.findall(r'(?:FROM|JOIN) "?([a-z_]+)"?', text):
            if table in TABLES or table in VIEWS:
                found[table].add("SELECT")
    return found


def test_each_recruiter_s_right_is_one_that_a_statement_needs_and_none_is_missing() -> None:
    needed = what_is_written()
    declared = {}
    for table, may in TABLES.items():
        columns = re.findall(r"UPDATE \((.*?)\)", may)
        verbs = set(re.sub(r"(, )?UPDATE \(.*?\)", "", may).split(", "))
        declared[table] = verbs | {f"UPDATE ({each})" for each in ", ".join(columns).split(", ") if each}
    # The owner's list is read by whoever checks the store; an account of who wrote is read with every log.
    assert declared == {table: needed.get(table, set()) | {"SELECT"} for table in TABLES}
    assert {*TABLES, *VIEWS} == set(what_is_read())


def test_the_log_can_be_read_and_added_to_and_that_is_all() -> None:
    assert TABLES["event"] == "SELECT, INSERT"


def test_all_that_is_in_the_schema_has_its_place(superuser: Somebody) -> None:
    rows = superuser.run(
        "SELECT c.relkind::text, c.relname::text, pg_get_userbyid(c.relowner)::text FROM pg_class c "
        "WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'S')"
    )
    assert {owner for _, _, owner in rows} == {OWNER}
    assert {name for kind, name, _ in rows if kind == "r"} == set(TABLES)
    assert {name for kind, name, _ in rows if kind == "v"} == set(VIEWS)
    sequences = {name for kind, name, _ in rows if kind == "S"}
    assert sequences == {f"{table}_id_seq" for table in (*NUMBERED, "unit_access")}
    functions = superuser.run(
        "SELECT proname::text, prosecdef, pg_get_userbyid(proowner)::text FROM pg_proc "
        "WHERE pronamespace = 'public'::regnamespace"
    )
    assert functions == [("event_append_only", False, OWNER)]


def test_a_number_is_given_by_a_recruiter_only_where_a_statement_does_it() -> None:
    inserted = {table for table, may in what_is_written().items() if "INSERT" in may}
    unnumbered = {"assignment", "assumption", "edit", "event", "fact", "staff_capacity", "staff_role", "stay"}
    unnumbered |= {"former_id", "merged", "told_apart", *TALLIES}
    assert set(NUMBERED) == inserted - unnumbered - {"tag", "theme", "university"}


def test_what_a_reader_may_read_is_what_the_reports_read(superuser: Somebody) -> None:
    used: dict[str, set[str]] = defaultdict(set)
    for name in READERS:
        sql = re.sub(r"(?<!:):([a-z_]+)", "NULL", STATEMENTS[name])
        with superuser.connection.transaction(force_rollback=True):
            superuser.run(f"CREATE VIEW in_question AS SELECT 1 AS one FROM ({sql}) AS asked")
            asked = (
                "SELECT table_name, column_name FROM information_schema.view_column_usage WHERE view_name = "
            )
            for table, column in superuser.run(f"{asked} 'in_question'"):
                used[table].add(column)
    assert {table: set(columns.split(", ")) for table, columns in READABLE.items()} == used


@pytest.mark.parametrize("name", sorted(STATEMENTS.keys() - THE_OWNERS))
def test_a_recruiter_runs_every_statement(name: str, recruiter: Somebody, superuser: Somebody) -> None:
    for values in VALUES[name]:
        expected, found = (outcome(each, name, values) for each in (superuser, recruiter))
        assert found == expected, values


def outcome(somebody: Somebody, name: str, values: dict[str, object]) -> object:
    """Return what a statement gives, or that a rule of the schema refuses it; keep nothing."""
    try:
        with somebody.connection.transaction(force_rollback=True):
            rows = somebody.run(STATEMENTS[name], values)
            return len(rows) if STATEMENTS[name].startswith("INSERT") else sorted(rows, key=repr)
    except psycopg.IntegrityError as error:
        return error.sqlstate


@pytest.mark.parametrize("name", sorted(THE_OWNERS))
def test_what_is_the_owner_s_is_refused(name: str, recruiter: Somebody) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        recruiter.run(STATEMENTS[name], VALUES[name][0])


@pytest.mark.parametrize("table", ["person", "cohort", "staff"])
def test_a_recruiter_holds_the_rows_that_rules_ask_about(table: str, recruiter: Somebody) -> None:
    assert recruiter.tries(f"SELECT id FROM {table} FOR NO KEY UPDATE") is None


@pytest.mark.parametrize("name", sorted(READERS))
def test_a_reader_counts_what_the_owner_counts(name: str, reader: Somebody, superuser: Somebody) -> None:
    for values in VALUES[name]:
        found, expected = (
            sorted(each.run(STATEMENTS[name], values), key=repr) for each in (reader, superuser)
        )
        assert found == expected, values


@pytest.mark.parametrize("name", sorted(STATEMENTS.keys() - READERS))
def test_a_reader_runs_no_other_statement_that_tells_more(
    name: str, reader: Somebody, superuser: Somebody
) -> None:
    try:
        with reader.connection.transaction(force_rollback=True):
            rows = [reader.run(STATEMENTS[name], values) for values in VALUES[name]]
    except psycopg.errors.InsufficientPrivilege:
        return
    assert STATEMENTS[name].startswith("SELECT")
    words = {str(cell) for answer in rows for row in answer for cell in row}
    assert not words & set(NAMES)


TELLING = (
    *("person.name", "person.email", "person.phone", "person.search_key", "person.email_key"),
    *("staff.name", "actor.name", "voice.text", "external_assignment.label", "tag.tag", "agreement.contact"),
)


def test_a_reader_finds_nobody_in_all_that_she_may_read(reader: Somebody, superuser: Somebody) -> None:
    asked = [f"SELECT {column} FROM {column.partition('.')[0]}" for column in TELLING]
    asked.append("SELECT text FROM remark WHERE kind IN ('note', 'override')")
    secrets = {str(secret) for each in asked for (secret,) in superuser.run(each) if len(str(secret)) > 3}
    assert {"Åsa Öberg", "Ring åter", "1@exempel.se", "Mer handledning på fältet"} <= secrets - {"None"}
    readable = [f"SELECT {column} FROM {table}" for table, column in columns_for(reader)]
    held = [str(cell) for each in readable for (cell,) in reader.run(each)]
    assert len(held) > 500
    assert [secret for secret in secrets - {"None"} if any(secret in cell for cell in held)] == []


def test_a_reader_reads_the_columns_that_are_stated_and_no_others(reader: Somebody) -> None:
    stated = {(table, column) for table, columns in READABLE.items() for column in columns.split(", ")}
    assert set(columns_for(reader)) == stated


def test_reasons_are_told_and_no_other_words(reader: Somebody) -> None:
    assert ("Valde Åre",) in reader.run("SELECT text FROM reason_told")
    told = {text for (text,) in reader.run("SELECT text FROM reason_told WHERE text IS NOT NULL")}
    assert told == {"Valde Åre", "å" * 10_000}


@pytest.mark.parametrize("trick", ["CAST(text AS integer) > 0", "1 / (length(text) - length(text)) > 0"])
def test_an_error_quotes_no_other_words(trick: str, reader: Somebody) -> None:
    with pytest.raises(psycopg.Error) as raised:
        reader.run(f"SELECT text FROM reason_told WHERE {trick}")
    assert not any(word in str(raised.value) for word in ("Ring åter", "Lämplig", "Om skola"))


ON_THE_LOG = (
    "UPDATE event SET body = '{}'",
    "UPDATE event SET hash = hash WHERE false",
    "DELETE FROM event",
    "DELETE FROM event WHERE false",
    "TRUNCATE event",
    "TRUNCATE event CASCADE",
    "TRUNCATE candidacy CASCADE",
    "SELECT * FROM event FOR UPDATE",
    "ALTER TABLE event DISABLE TRIGGER ALL",
    "ALTER TABLE event DISABLE TRIGGER event_no_change",
    "DROP TRIGGER event_no_change ON event",
    "CREATE OR REPLACE FUNCTION event_append_only() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'",
    "ALTER FUNCTION event_append_only() RENAME TO nothing",
    "DROP FUNCTION event_append_only() CASCADE",
    "CREATE TRIGGER mine BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION event_append_only()",
    "CREATE RULE mine AS ON INSERT TO event DO INSTEAD NOTHING",
    "ALTER TABLE event ADD COLUMN mine text",
    "ALTER TABLE event OWNER TO CURRENT_USER",
    "DROP TABLE event",
    "SET session_replication_role = replica",
    "INSERT INTO event SELECT * FROM event ON CONFLICT (candidacy_id, seq) DO UPDATE SET body = '{}'",
    "MERGE INTO event e USING candidacy c ON c.id = e.candidacy_id WHEN MATCHED THEN DELETE",
    "COPY event TO PROGRAM 'cat'",
    "COPY event TO 'event.csv'",
    "LOCK TABLE event IN ACCESS EXCLUSIVE MODE",
)
ON_RIGHTS = (
    f"GRANT {OWNER} TO CURRENT_USER",
    f"SET ROLE {OWNER}",
    "SET ROLE postgres",
    "SET SESSION AUTHORIZATION postgres",
    f"ALTER ROLE {RECRUITER} SUPERUSER",
    "CREATE ROLE somebody_else",
    "CREATE TABLE mine (n integer)",
    "CREATE TEMP TABLE mine (n integer)",
    "CREATE SCHEMA mine",
    "CREATE FUNCTION mine() RETURNS integer LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
    "CREATE FUNCTION pg_temp.mine() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
    "CREATE VIEW mine AS SELECT * FROM event",
    "CREATE EXTENSION file_fdw",
    "ALTER TABLE person DISABLE ROW LEVEL SECURITY",
    "INSERT INTO unit_access (role_name, unit_id) VALUES (current_user, NULL)",
    "UPDATE unit_access SET unit_id = NULL",
    "UPDATE alembic_version SET version_num = '0001'",
    "UPDATE candidacy SET pipeline_id = 1",
    "UPDATE candidacy SET id = 99 WHERE id = 1",
    "DELETE FROM person",
    "DELETE FROM candidacy",
    "UPDATE command SET recorded_at = recorded_at",
    "UPDATE actor SET name = 'Ingen'",
    "DELETE FROM command",
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT lo_import('/etc/passwd')",
    "SELECT * FROM pg_authid",
    "ALTER DEFAULT PRIVILEGES FOR ROLE postgres GRANT ALL ON TABLES TO PUBLIC",
)


TO_READ = (
    "INSERT INTO event SELECT * FROM event",
    "UPDATE person SET void = void",
    "SELECT name FROM person",
    "SELECT * FROM person",
    "SELECT p FROM person p",
    "SELECT 1 FROM person WHERE name LIKE 'Å%'",
    "SELECT id FROM person ORDER BY sort_key",
    "SELECT id FROM person FOR UPDATE",
    "SELECT count(*) FROM actor",
    "SELECT nextval('person_id_seq')",
    "SELECT setval('person_id_seq', 1)",
    "TABLE remark",
    f"SET ROLE {RECRUITER}",
)


@pytest.mark.parametrize("attempt", [*ON_THE_LOG, *ON_RIGHTS])
def test_a_recruiter_cannot(attempt: str, recruiter: Somebody) -> None:
    assert recruiter.tries(attempt) == DENIED


@pytest.mark.parametrize("attempt", [*ON_THE_LOG, *ON_RIGHTS, *TO_READ])
def test_a_reader_cannot(attempt: str, reader: Somebody) -> None:
    assert reader.tries(attempt) == DENIED


def test_a_row_cannot_be_told_apart_by_what_a_reader_may_not_read(reader: Somebody) -> None:
    tried = (
        "SELECT p.id FROM person p JOIN person q USING (email)",
        "SELECT id FROM person GROUP BY id HAVING max(phone) > ''",
        "SELECT id FROM person WHERE to_jsonb(person)::text LIKE '%Åsa%'",
        "SELECT count(*) FROM person NATURAL JOIN person p",
    )
    assert set(states(reader, tried).values()) == {DENIED}


def test_a_login_that_does_not_inherit_is_not_let_in(database: str) -> None:
    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        Somebody(database, a_login(RECRUITER, options="NOINHERIT"))


def test_somebody_who_is_in_none_of_the_roles_is_not_let_in(database: str) -> None:
    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        Somebody(database, a_login())


def test_nobody_gives_herself_a_right(recruiter: Somebody) -> None:
    recruiter.run("GRANT UPDATE, DELETE ON event TO CURRENT_USER")  # a warning, and nothing else
    assert recruiter.tries("DELETE FROM event") == DENIED


def test_a_login_in_several_groups_may_what_each_may(database: str) -> None:
    with closing(Somebody(database, a_login(RECRUITER, READER))) as somebody:
        assert somebody.tries("SELECT name FROM person") is None
        assert somebody.tries(f"SET LOCAL ROLE {RECRUITER}", "SELECT name FROM person") is None
        assert somebody.tries(f"SET LOCAL ROLE {READER}", "SELECT name FROM person") == DENIED


def test_names_are_quoted_whatever_they_are() -> None:
    text = as_text(steps(Place('Soc "A"; DROP', 'data"base', alone=True, secured=False)))
    assert 'SET LOCAL search_path TO "Soc ""A""; DROP", pg_temp;' in text
    assert 'ON DATABASE "data""base" FROM PUBLIC' in text
    assert quoted("a") == '"a"'


def test_who_may_connect_is_left_as_it_is_where_others_use_the_database() -> None:
    text = as_text(steps(Place("public", "shared", alone=False, secured=False)))
    assert "ON DATABASE" not in text
    assert "Others use this database too" in text


def test_the_text_is_sql_and_its_comments_are_too() -> None:
    text = as_text(steps(Place("public", "a", alone=True, secured=True)))
    assert all(name in text for name in SIGHT)
    no_store = psycopg.connect(uri_of(new_database()), autocommit=True)
    with closing(no_store), pytest.raises(psycopg.errors.UndefinedTable):  # so it was read to its end
        no_store.execute(text.encode())
