"""What a migration makes is the owner's, whoever of its members runs it, and open to whom it should be."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from socrekry.domain.errors import Refused, StoreUnavailable
from socrekry.services import unit_access
from socrekry.services.roles import Applied, apply_roles, roles_sql
from socrekry.services.upgrading import upgrade_store
from socrekry.store import migrate
from socrekry.store.connect import Store, open_store
from socrekry.store.migrate import create
from socrekry.store.postgresql.roles import ROLES
from tests.engines import migrated_database, new_database, uri_of
from tests.shared import OWNER, READER, RECRUITER, Somebody, a_login, url_of, with_roles
from tests.store.test_migrate import scripts_with
from tests.units_apart import units_apart

RIGHTS = """
    SELECT c.relname::text, c.relkind::text, pg_get_userbyid(c.relowner)::text, c.relacl::text,
           ARRAY(SELECT a.attname || ' ' || a.attacl::text FROM pg_attribute a
                 WHERE a.attrelid = c.oid AND a.attacl IS NOT NULL ORDER BY a.attname)
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'S')
    ORDER BY 1"""
WHOSE = "SELECT DISTINCT pg_get_userbyid(relowner)::text FROM pg_class WHERE relname IN "
POLICIES = "SELECT tablename, policyname, cmd, qual, with_check FROM pg_policies ORDER BY 1, 2"
AGAIN = (
    'op.execute("DROP VIEW seat_taken"); op.execute("CREATE VIEW seat_taken AS SELECT cohort_id, id AS '
    'candidacy_id FROM candidacy WHERE holds_seat")'
)


@pytest.fixture
def database() -> str:
    return new_database(migrated_database())


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    with open_store(uri_of(database), writing=True) as store:
        yield store


def test_the_roles_are_groups_that_nobody_is_by_herself(store: Store) -> None:
    applied = apply_roles(store)
    assert [(each.name, each.too_much) for each in applied.roles] == [(name, False) for name in ROLES]


def test_done_again_it_changes_nothing(store: Store) -> None:
    apply_roles(store)
    before = store.engine_rows(RIGHTS)
    assert isinstance(apply_roles(store), Applied)
    assert store.engine_rows(RIGHTS) == before


def test_the_text_does_what_applying_does(database: str, store: Store) -> None:
    text = roles_sql(store)
    with psycopg.connect(uri_of(database), autocommit=True) as connection:
        connection.execute(text.encode())
        done = connection.execute(RIGHTS.encode()).fetchall()
    with open_store(uri_of(with_roles(new_database(migrated_database()))), writing=False) as other:
        assert other.engine_rows(RIGHTS) == done


def test_a_rehearsal_gives_no_rights(store: Store) -> None:
    before = store.engine_rows(RIGHTS)
    apply_roles(store, dry_run=True)
    assert store.engine_rows(RIGHTS) == before


def test_rights_that_somebody_had_before_are_taken_back(store: Store) -> None:
    apply_roles(store)
    store.engine_rows(f"GRANT UPDATE, DELETE ON event TO {RECRUITER}, PUBLIC")
    store.engine_rows(f"GRANT SELECT (name) ON person TO {READER}")
    apply_roles(store)
    changes = "has_table_privilege(%s, 'event', 'UPDATE')"
    reads = "has_column_privilege(%s, 'person', 'name', 'SELECT')"
    assert store.engine_rows(f"SELECT {changes}, {reads}", RECRUITER, READER) == [(False, False)]


def test_a_database_that_others_use_is_left_open_to_them(store: Store) -> None:
    assert "REVOKE CONNECT" in roles_sql(store)
    store.engine_rows("CREATE SCHEMA theirs")
    store.engine_rows("CREATE TABLE theirs.own (n integer)")
    assert "ON DATABASE" not in roles_sql(store)


def test_an_administrator_without_every_right_can_do_it() -> None:
    login = a_login(options="CREATEROLE CREATEDB")
    database = new_database()
    with psycopg.connect(uri_of(database), autocommit=True) as connection:
        connection.execute(f'ALTER DATABASE "{database}" OWNER TO "{login}"'.encode())
        for role in ROLES:  # made by another, for another store of this server
            connection.execute(f'GRANT {role} TO "{login}" WITH ADMIN OPTION'.encode())
    upgrade_store(url_of(database, login))
    with open_store(url_of(database, login), writing=True) as store:
        apply_roles(store)
        apply_roles(store)
        unit_access.switch(store, on=True)
    with closing(Somebody(database, a_login(RECRUITER))) as recruiter:
        assert recruiter.run("SELECT count(*) FROM person") == [(0,)]


@pytest.mark.parametrize("group", [RECRUITER, READER])
def test_only_the_owner_s_give_rights(group: str, database: str) -> None:
    with_roles(database)
    with open_store(url_of(database, a_login(group)), writing=True) as store:
        for forbidden in (apply_roles, lambda each: unit_access.switch(each, on=True)):
            with pytest.raises(StoreUnavailable, match="not-permitted"):
                forbidden(store)


def test_row_security_rests_on_the_roles(store: Store) -> None:
    with pytest.raises(Refused, match="roles-missing"):
        unit_access.switch(store, on=True)


@pytest.mark.parametrize("user", ["a superuser", "a member"])
def test_what_a_migration_makes_is_the_owner_s(user: str, database: str, tmp_path: Path) -> None:
    with_roles(database)
    login = "postgres" if user == "a superuser" else a_login(OWNER)
    table = 'op.create_table("extra", sa.Column("id", sa.Integer()))'
    create(url_of(database, login), scripts_with(tmp_path, f"{table}; {AGAIN}"))
    with closing(Somebody(database, "postgres")) as superuser:
        assert superuser.run(f"{WHOSE} ('extra', 'seat_taken')") == [(OWNER,)]
    for group, may in ((RECRUITER, "*"), (READER, "cohort_id")):
        with closing(Somebody(database, a_login(group))) as somebody:
            assert somebody.tries(f"SELECT {may} FROM seat_taken") is None
            assert somebody.tries("SELECT * FROM extra") == "42501"


def test_row_security_is_on_after_a_migration_as_before(tmp_path: Path) -> None:
    apart = units_apart()
    with apart.opened() as store:
        before = store.engine_rows(POLICIES)
    create(apart.url(), scripts_with(tmp_path, f'op.execute("DROP POLICY person_all ON person"); {AGAIN}'))
    with closing(apart.past_the_program()) as superuser:
        assert superuser.run(POLICIES) == before
    with closing(apart.past_the_program(apart.logins.children)) as children:
        assert children.run("SELECT id FROM person ORDER BY id") == [(1,), (3,), (4,)]


@pytest.mark.parametrize("group", [RECRUITER, READER])
def test_a_migration_is_not_a_recruiter_s(group: str, database: str, tmp_path: Path) -> None:
    with_roles(database)
    with pytest.raises(StoreUnavailable, match="not-permitted"):
        create(url_of(database, a_login(group)), scripts_with(tmp_path, AGAIN))


def test_a_member_of_the_owner_makes_a_store_of_an_empty_database() -> None:
    with_roles(new_database(migrated_database()))  # so that the roles are there
    database, login = new_database(), a_login(OWNER)
    with psycopg.connect(uri_of(database), autocommit=True) as connection:
        connection.execute(f"GRANT CREATE ON SCHEMA public TO {OWNER}".encode())
    upgrade_store(url_of(database, login))
    with closing(Somebody(database, "postgres")) as superuser:
        assert superuser.run(f"{WHOSE} ('event', 'seat_taken')") == [(OWNER,)]
    with closing(Somebody(database, a_login(RECRUITER))) as recruiter:
        assert recruiter.tries("SELECT * FROM event") is None


def test_an_older_store_is_brought_along_by_a_member(tmp_path: Path) -> None:
    older = tmp_path / "older"
    shutil.copytree(Path(migrate.__file__).parent / "migrations", older)
    for step in sorted((older / "versions").glob("0*.py"))[2:]:
        step.unlink()
    with_roles(new_database(migrated_database()))
    database = new_database()
    with psycopg.connect(uri_of(database), autocommit=True) as connection:
        connection.execute(f"GRANT CREATE ON SCHEMA public TO {OWNER}".encode())
    engine = migrate.postgresql_engine(url_of(database, a_login(OWNER)))
    migrate.upgrade(engine, str(older))
    engine.dispose()
    assert upgrade_store(url_of(database, a_login(OWNER))).before == "0002"
    with closing(Somebody(database, a_login(READER))) as reader:
        assert reader.tries("SELECT cohort_id FROM seat_taken") is None
