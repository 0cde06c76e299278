"""With row security on nobody gets at the candidates of other units, whatever SQL she knows."""

from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest

from socrekry.services import unit_access
from socrekry.store.postgresql.roles import SIGHT
from socrekry.store.postgresql.rows import _VIEWS, POLICIES
from tests.engines import OnPostgreSQL, migrated_database, uri_of
from tests.shared import RECRUITER, Somebody, columns_for
from tests.units_apart import Apart, units_apart

DENIED = "42501"
OF_PERSONS = (
    "person",
    "candidacy",
    "event",
    "stay",
    "fact",
    "assignment",
    "remark",
    "tag",
    "touch",
    "voice",
    "edit",
    "former_id",
    "merged",
    "told_apart",
)
# What is to be hidden from the children's unit, and what from the adults': in any column, whole or as a part.
BO_S = {
    "Bo Ed",
    "bo ed",
    "bo@exempel.se",
    "070-2",
    "nattarbete",
    "Anteckning om C-2",
    "Bo oroar sig",
    "Bo flyttar",
}
EDA_S = {"Eda Ö", "eda o", "eda@exempel.se", "Anteckning om C-5"}
ANNA_S = {"Anna Ek", "anna ek", "anna@exempel.se", "Anteckning om C-1"}
DAG_S = {"Dag Al", "dag@exempel.se", "Anteckning om C-4"}
HIDDEN = {
    "children": BO_S | EDA_S,
    "adults": ANNA_S,
    "nothing": BO_S | EDA_S | ANNA_S | DAG_S,
    "reader": BO_S | EDA_S,
    "everything": set(),
}


@pytest.fixture(scope="module")
def apart() -> Apart:
    return units_apart()


@pytest.fixture(params=HIDDEN)
def role(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def somebody(apart: Apart, role: str) -> Iterator[Somebody]:
    with closing(apart.past_the_program(getattr(apart.logins, role))) as somebody:
        yield somebody


@pytest.fixture
def children(apart: Apart) -> Iterator[Somebody]:
    with closing(apart.past_the_program(apart.logins.children)) as somebody:
        yield somebody


@pytest.fixture
def superuser(apart: Apart) -> Iterator[Somebody]:
    with closing(apart.past_the_program()) as somebody:
        yield somebody


def told(rows: list[tuple[object, ...]], secrets: set[str]) -> set[str]:
    """Return the secrets that rows tell."""
    cells = [str(cell) for row in rows for cell in row if cell is not None]
    return {secret for secret in secrets if any(secret in cell for cell in cells)}


def test_there_is_something_to_hide(superuser: Somebody) -> None:
    everything = [row for table in OF_PERSONS for row in superuser.run(f"SELECT * FROM {table}")]
    secrets = set[str]().union(*HIDDEN.values())
    assert told(everything, secrets) == secrets


def test_no_column_tells_of_whom_one_may_not_see(somebody: Somebody, role: str) -> None:
    for table, column in columns_for(somebody):
        assert not told(somebody.run(f"SELECT {column} FROM {table}"), HIDDEN[role]), (table, column)


def test_everybody_sees_whom_she_may(apart: Apart) -> None:
    seen = {}
    for role, login in apart.logins._asdict().items():
        with closing(apart.past_the_program(login)) as somebody:
            seen[role] = [number for (number,) in somebody.run("SELECT id FROM person ORDER BY id")]
    everybody = [1, 2, 3, 4, 5]
    assert seen.pop("everything") == seen.pop("every_reader") == everybody
    assert seen == {"children": [1, 3, 4], "adults": [2, 3, 4, 5], "nothing": [3], "reader": [1, 3, 4]}


def test_every_table_of_persons_has_its_policy(superuser: Somebody) -> None:
    rows = superuser.run(
        "SELECT DISTINCT c.relname::text, c.relrowsecurity "
        "FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
        "WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace "
        "AND (a.attname IN ('person_id', 'candidacy_id') OR c.relname IN ('person', 'edit') "
        "OR c.relname LIKE '%tally')"
    )
    assert dict(rows) == dict.fromkeys(POLICIES, True)
    assert tuple(_VIEWS) == SIGHT


JOINS = (
    "SELECT p FROM room_taken r JOIN candidacy c ON c.id = r.candidacy_id JOIN person p ON p.id = person_id",
    "SELECT p.name FROM seat_taken s LEFT JOIN LATERAL (SELECT * FROM person LIMIT 9) p ON true",
    "SELECT (SELECT string_agg(name, ',') FROM person) FROM cohort",
    "SELECT e.before, e.after FROM command c JOIN edit e ON e.command_id = c.id",
    "WITH n AS (SELECT generate_series(1, 9) AS id) SELECT p FROM n JOIN person p USING (id)",
    "SELECT text FROM reason_told JOIN event_written ON true",
    "SELECT p FROM person p TABLESAMPLE SYSTEM (100)",
    "SELECT xmin, ctid, * FROM person WHERE ctid < '(9,9)'",
    "SELECT most_common_vals::text, histogram_bounds::text FROM pg_stats",
    "SELECT to_jsonb(p)::text FROM person p WHERE p.id IN (SELECT person_id FROM person_begun)",
)


@pytest.mark.parametrize("sql", JOINS)
def test_no_query_tells_of_whom_one_may_not_see(sql: str, children: Somebody, superuser: Somebody) -> None:
    superuser.run("ANALYZE")
    assert not told(children.run(sql), HIDDEN["children"])


@pytest.mark.parametrize("table", ["person", "remark", "tag", "voice", "edit", "reason_told", "candidacy"])
def test_a_function_that_tells_what_it_is_given_is_given_nothing_hidden(
    table: str, children: Somebody
) -> None:
    heard: list[str] = []
    children.connection.add_notice_handler(lambda notice: heard.append(notice.message_primary or ""))
    children.run(
        "CREATE OR REPLACE FUNCTION pg_temp.tell(text) RETURNS boolean LANGUAGE plpgsql COST 0.0000001 AS "
        "$$BEGIN RAISE NOTICE '%', $1; RETURN true; END$$"
    )
    columns = [column for each, column in columns_for(children) if each == table]
    for column in columns:
        children.run(f"SELECT 1 FROM {table} WHERE pg_temp.tell({column}::text)")
        children.run(
            f"SELECT 1 FROM {table} x JOIN cohort ON pg_temp.tell(x.{column}::text) ORDER BY 1 LIMIT 5"
        )
    assert bool(heard) == (table not in ("tag", "voice"))  # there is none to be seen
    assert not told([tuple(heard)], HIDDEN["children"])


def test_an_operator_that_tells_is_given_nothing_hidden_either(children: Somebody) -> None:
    heard: list[str] = []
    children.connection.add_notice_handler(lambda notice: heard.append(notice.message_primary or ""))
    children.run(
        "CREATE FUNCTION pg_temp.same(text, text) RETURNS boolean LANGUAGE plpgsql COST 0.0000001 AS "
        "$$BEGIN RAISE NOTICE '% %', $1, $2; RETURN true; END$$"
    )
    children.run("CREATE OPERATOR pg_temp.=== (LEFTARG = text, RIGHTARG = text, FUNCTION = pg_temp.same)")
    children.run("SELECT 1 FROM person WHERE name OPERATOR(pg_temp.===) 'x'")
    assert heard
    assert not told([tuple(heard)], HIDDEN["children"])


@pytest.mark.parametrize(
    "wrong", ["CAST({0} AS integer) > 0", "1 / (length({0}) - length({0})) > 0", "{0}::inet IS NULL"]
)
def test_an_error_quotes_nothing_hidden(wrong: str, children: Somebody) -> None:
    for table, column in (("person", "name"), ("remark", "text"), ("reason_told", "text"), ("voice", "text")):
        said = ""
        try:
            children.run(f"SELECT 1 FROM {table} WHERE {wrong.format(column)} AND {column} <> ''")
        except psycopg.Error as error:
            said = str(error)
        assert bool(said) == (table in ("person", "remark"))  # where there is something to be seen
        assert not told([(said,)], HIDDEN["children"])


def test_a_view_of_one_s_own_shows_no_more(children: Somebody) -> None:
    children.run("CREATE TEMP VIEW mine AS SELECT * FROM person")
    assert not told(children.run("SELECT * FROM mine"), HIDDEN["children"])


@pytest.mark.parametrize("name", ["unit_access", *SIGHT])
def test_a_table_of_one_s_own_in_the_place_of_a_view_changes_nothing(name: str, children: Somebody) -> None:
    columns = (
        "n AS id, n AS candidacy_id, n AS person_id, NULL::bigint AS unit_id, current_user::text AS role_name"
    )
    children.run(f"CREATE TEMP TABLE {name} AS SELECT {columns} FROM generate_series(1, 9) n")
    children.run("SET search_path TO pg_temp, public")
    assert [number for (number,) in children.run("SELECT id FROM public.person ORDER BY id")] == [1, 3, 4]


def test_a_copy_is_of_what_is_seen(children: Somebody) -> None:
    with children.connection.cursor().copy(b"COPY person TO STDOUT") as copy:
        copied = b"".join(copy).decode()
    assert "Anna Ek" in copied
    assert not told([(copied,)], HIDDEN["children"])


def test_row_security_is_not_switched_off_by_whom_it_binds(children: Somebody) -> None:
    assert children.tries("SET LOCAL row_security = off", "SELECT name FROM person") == DENIED
    assert children.tries("ALTER TABLE person DISABLE ROW LEVEL SECURITY") == DENIED
    assert children.tries("DROP POLICY person_all ON person") == DENIED
    assert children.tries("CREATE POLICY mine ON person USING (true)") == DENIED
    assert children.tries("CREATE OR REPLACE VIEW unit_allowed AS SELECT NULL::bigint AS unit_id") == DENIED
    assert children.tries("GRANT SELECT ON person TO PUBLIC") is None  # a warning, and nothing else


def test_another_role_shows_nothing_new(apart: Apart, children: Somebody) -> None:
    for other in (apart.logins.adults, apart.logins.everything, "postgres", "socrekry_owner"):
        assert children.tries(f"SET LOCAL ROLE {other}") == DENIED
    children.run(f"SET ROLE {RECRUITER}")
    assert children.run("SELECT id FROM person") == [(3,)]


HIDDEN_PERSON, HIDDEN_CANDIDACY, NOBODY = 2, 2, 999
COPIED = {
    "candidacy": (
        "pipeline_id, cohort_id, state, stage, holds_seat, supervised, head_seq, head_hash, changed_at"
    ),
    "event": "kind, version, occurred_on, recorded_at, command_id, body, hash",
    "stay": "stage, entered_on, entered_seq, first, paused_days, pipeline_id",
}
AN_EVENT, A_STAY = COPIED["event"], COPIED["stay"]
A_CANDIDACY = (
    f"INSERT INTO candidacy (person_id, number, unit_id, {COPIED['candidacy']}) "
    f"SELECT {{person}}, 9, {{unit}}, {COPIED['candidacy']} FROM candidacy WHERE id = 1"
)
WRITES = (
    "INSERT INTO tag VALUES ({person}, 'min')",
    "INSERT INTO touch (person_id, activity_id, occurred_on) VALUES ({person}, 1, '2026-01-01')",
    f"INSERT INTO event (candidacy_id, seq, {AN_EVENT}) SELECT {{candidacy}}, 99, {AN_EVENT} FROM event",
    f"INSERT INTO stay (candidacy_id, number, {A_STAY}) SELECT {{candidacy}}, 99, {A_STAY} FROM stay",
    "INSERT INTO remark (candidacy_id, kind, text, command_id) VALUES ({candidacy}, 'note', 'x', 1)",
    "INSERT INTO voice VALUES ('meaning', 'x', 1, 99, 'wish', '2026-01-01', NULL, {candidacy})",
    "INSERT INTO fact VALUES ({candidacy}, 99, 1, false, 'left', NULL, '2026-01-01', NULL, NULL)",
    "INSERT INTO fact VALUES (1, 99, {person}, true, 'degree', NULL, '2026-01-01', NULL, NULL)",
    "INSERT INTO assignment VALUES ({candidacy}, 99, 'mentor', 1, '2026-01-01', NULL)",
    "INSERT INTO edit VALUES (1, NULL, 99, 'person', '{person}', 'name', 'x', 'y')",
    "INSERT INTO edit VALUES (1, NULL, 99, 'tag', '{person}:x', '', NULL, NULL)",
    "INSERT INTO edit VALUES (1, NULL, 99, 'person', 'x', 'name', 'x', 'y')",
    "INSERT INTO edit VALUES (1, NULL, 99, 'merge', '{person}:1', '', NULL, NULL)",
    "INSERT INTO merged (person_id, into_id) VALUES ({person}, 1)",
    "INSERT INTO merged (person_id, into_id) VALUES (1, {person})",
    "INSERT INTO told_apart (person_id, other_id) VALUES (1, {person})",
    "INSERT INTO former_id (candidacy_id, person_id, number) VALUES ({candidacy}, 1, 9)",
    "UPDATE candidacy SET person_id = {person}, number = 9 WHERE id = 1",
)


@pytest.mark.parametrize("write", WRITES)
def test_nothing_is_written_about_somebody_hidden_and_nobody_tells_whether_she_is_there(
    write: str, children: Somebody
) -> None:
    assert children.tries(write.format(person=HIDDEN_PERSON, candidacy=HIDDEN_CANDIDACY)) == DENIED
    assert children.tries(write.format(person=NOBODY, candidacy=NOBODY)) == DENIED


@pytest.mark.parametrize("unit", ["1", "2", "NULL"])
def test_nobody_lets_herself_in_by_a_candidacy_of_her_own(unit: str, children: Somebody) -> None:
    assert children.tries(A_CANDIDACY.format(person=HIDDEN_PERSON, unit=unit)) == DENIED
    assert children.tries(A_CANDIDACY.format(person=1, unit=unit)) is None


UPSERTS = {
    "by number": (
        "INSERT INTO person (id, name, search_key, sort_key, void) VALUES (2, 'x', 'x', 'x', true) "
        "ON CONFLICT (id) DO UPDATE SET name = 'x' RETURNING email"
    ),
    "by address": (
        "INSERT INTO person (name, email_key, search_key, sort_key, void) VALUES ('x', 'bo@exempel.se', '', "
        "'', false) ON CONFLICT (email_key) WHERE NOT void DO UPDATE SET phone = 'x' RETURNING name"
    ),
    "by key": "INSERT INTO tag VALUES (2, 'nattarbete') ON CONFLICT DO NOTHING",
}


@pytest.mark.parametrize("how", UPSERTS)
def test_an_insert_that_meets_somebody_hidden_is_refused(how: str, children: Somebody) -> None:
    assert children.tries(UPSERTS[how]) == DENIED


CHANGES = (
    "UPDATE person SET name = 'x' WHERE id = 2",
    "UPDATE candidacy SET unit_id = 1 WHERE id = 2",
    "UPDATE remark SET text = '' WHERE candidacy_id = 2",
    "UPDATE voice SET text = NULL WHERE candidacy_id = 2",
    "UPDATE touch SET occurred_on = '2026-01-01' WHERE person_id = 2",
    "UPDATE edit SET undone_by = 1 WHERE entity IN ('tag', 'touch', 'voice') AND key LIKE '2:%'",
    "UPDATE candidacy SET person_id = 1, number = 9 WHERE id = 2",
    "UPDATE fact SET person_id = 1 WHERE candidacy_id = 2",
    "UPDATE touch SET person_id = 1 WHERE person_id = 2",
    "DELETE FROM remark WHERE candidacy_id = 2 AND kind = 'note'",
    "DELETE FROM tag WHERE person_id = 2",
    "DELETE FROM stay WHERE candidacy_id = 2",
    "DELETE FROM fact WHERE candidacy_id = 2",
    "DELETE FROM assignment WHERE candidacy_id = 2",
    "DELETE FROM voice WHERE candidacy_id = 2",
    "DELETE FROM edit WHERE entity = 'tag' AND key LIKE '2:%'",
    "MERGE INTO tag USING person_begun b ON b.person_id = tag.person_id WHEN MATCHED THEN DELETE",
)


@pytest.mark.parametrize("change", CHANGES)
def test_a_row_that_is_hidden_is_not_changed(change: str, children: Somebody, superuser: Somebody) -> None:
    for somebody, some in ((children, False), (superuser, True)):
        with somebody.connection.transaction(force_rollback=True):
            assert (somebody.connection.execute(change.encode()).rowcount > 0) == some


def test_a_hidden_row_is_not_held_either(children: Somebody) -> None:
    assert children.run("SELECT id FROM person WHERE id = 2 FOR NO KEY UPDATE") == []


@pytest.mark.parametrize("unit", ["2", "NULL", "1"])
def test_nobody_is_moved_out_of_the_sight_of_who_moves_her(unit: str, children: Somebody) -> None:
    moved = f"UPDATE candidacy SET unit_id = {unit} WHERE id = 1"
    assert children.tries(moved) == (DENIED if unit == "2" else None)
    # Dag stays in sight by his other candidacy, wherever this one goes.
    assert children.tries(f"UPDATE candidacy SET unit_id = {unit} WHERE id = 5") is None
    assert children.tries("UPDATE candidacy SET unit_id = 2 WHERE id = 4") == DENIED


def test_a_candidacy_is_not_taken_over_by_its_person(children: Somebody) -> None:
    assert children.tries("UPDATE candidacy SET person_id = 2, number = 9 WHERE id = 1") == DENIED
    assert children.tries("UPDATE candidacy SET person_id = 4, number = 9 WHERE id = 1") is None


def test_a_load_from_a_file_is_refused(children: Somebody) -> None:
    loaded = children.connection.cursor().copy(b"COPY person (id, name) FROM STDIN")
    with pytest.raises(psycopg.errors.FeatureNotSupported), loaded as copy:
        copy.write(b"77\tx\n")


def test_switched_off_it_leaves_everything_as_it_was() -> None:
    apart = units_apart()
    catalogue = "SELECT viewname, definition FROM pg_views WHERE schemaname = 'public' ORDER BY 1"
    with apart.opened() as store:
        unit_access.switch(store, on=False)
        after = store.engine_rows(catalogue)
        assert store.engine_rows("SELECT * FROM pg_policies") == []
    with closing(apart.past_the_program(apart.logins.nothing)) as somebody:
        assert len(somebody.run("SELECT id FROM person")) == 5
    with closing(OnPostgreSQL(uri_of(migrated_database()))) as plain:
        assert after == plain.run(catalogue)[0]
