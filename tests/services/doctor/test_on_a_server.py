"""Real servers in each state that a doctor tells: nothing of it is guessed, and nothing is changed."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from socrekry.domain.errors import SocrekryError
from socrekry.services.doctor.findings import Finding, Surroundings
from socrekry.services.doctor.server import of_server
from socrekry.services.upgrading import upgrade_store
from socrekry.store.postgresql.condition import Server as Asked
from socrekry.store.postgresql.connection import LOCK
from socrekry.store.postgresql.roles import ROLES
from socrekry.store.postgresql.rows import securing
from tests.doors import Door
from tests.engines import new_database, uri_of
from tests.servers import Server, a_server, a_standby, wait_for
from tests.stories import a_story_on_postgresql
from tests.tampering import tamper

LATER = timedelta(days=365 * 10)  # than any day on which a story was told
GUEST = "doctor_guest"


@pytest.fixture
def place() -> str:
    return a_story_on_postgresql()


def examined(place: str) -> tuple[dict[str, Finding], SocrekryError | None]:
    found, error = of_server(
        Surroundings(place, "SOCREKRY_DB", "none", "en", "utf-8", datetime.now(UTC) + LATER), {}
    )
    return {finding.code: finding for finding in found}, error


def bad(found: dict[str, Finding]) -> list[str]:
    return [code for code, finding in found.items() if finding.verdict == "bad"]


def test_of_a_good_store_nothing_is_bad(place: str) -> None:
    found, error = examined(place)
    assert (bad(found), error) == ([], None)
    assert found["contents"].details["candidacies"] == 8
    assert {"postgresql", "connection-here", "user-superuser", "durable", "standby-none"} <= set(found)


def test_a_guest_sees_what_a_guest_may(place: str) -> None:
    there_is(place, GUEST)
    tamper(place, f"ALTER ROLE {GUEST} LOGIN", f"GRANT SELECT ON alembic_version TO {GUEST}")
    found, error = examined(place.replace("//postgres:", f"//{GUEST}:"))
    assert (bad(found), error) == ([], None)
    assert (found["user"].details["user"], found["contents-hidden"].verdict) == (GUEST, "look")


def test_a_lock_that_somebody_holds_is_told_with_who_and_how_many_wait(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("socrekry.services.doctor.server._HELD", 0.0)
    taking = f"SELECT pg_advisory_xact_lock({LOCK[0]}, {LOCK[1]})".encode()
    with psycopg.connect(place, application_name="a window") as holder, psycopg.connect(place) as other:
        holder.execute(taking)
        other.pgconn.send_query(b"BEGIN; " + taking)
        with Asked(place) as asked:
            wait_for(lambda: asked.lock_holders()[1] == 1)
        held = examined(place)[0]["lock-held"].details
        other.close()
        assert (held["pid"], held["program"], held["waiting"]) == (holder.info.backend_pid, "a window", 1)
    assert held["state"] == "idle in transaction"


def test_a_guest_who_is_not_told_for_how_long_sees_that_it_is_not_let_go(place: str) -> None:
    there_is(place, GUEST)
    tamper(place, f"ALTER ROLE {GUEST} LOGIN", f"GRANT SELECT ON alembic_version TO {GUEST}")
    guests = place.replace("//postgres:", f"//{GUEST}:")
    assert "lock-free" in examined(guests)[0]
    with psycopg.connect(place, application_name="a window") as holder:
        holder.execute(f"SELECT pg_advisory_xact_lock({LOCK[0]}, {LOCK[1]})".encode())
        seen = examined(guests)[0]["lock-seen"]
    assert (seen.verdict, seen.details["program"], seen.details["user"]) == ("look", "a window", "postgres")


def test_a_lock_on_another_store_of_the_same_server_is_none_of_ours(place: str) -> None:
    with psycopg.connect(uri_of("postgres")) as other, Asked(place) as asked:
        other.execute(f"SELECT pg_advisory_xact_lock({LOCK[0]}, {LOCK[1]})".encode())
        assert asked.lock_holders() == ((), 0)


def test_a_transaction_that_nobody_ends_is_told(place: str) -> None:
    with psycopg.connect(place) as left, Asked(place) as asked:
        left.execute("SELECT 1")
        assert [each.pid for each in asked.long_transactions(0.0)] == [left.info.backend_pid]
        assert asked.long_transactions(60.0) == ()


def test_dead_rows_that_nobody_clears_are_told(place: str) -> None:
    with psycopg.connect(place, autocommit=True) as store:
        store.execute("ALTER TABLE tag SET (autovacuum_enabled = false)")
        store.execute("INSERT INTO tag SELECT 1, n::text FROM generate_series(1, 500) n")
        store.execute("DELETE FROM tag WHERE person_id = 1")
        store.execute("SELECT pg_stat_force_next_flush()")
    with Asked(place) as asked:
        wait_for(lambda: [each.table for each in asked.untidy(400)] == ["tag"])
        assert asked.untidy(10_000) == ()


def test_columns_that_are_sorted_otherwise_are_named(place: str) -> None:
    tamper(place, 'ALTER TABLE person ALTER sort_key TYPE text COLLATE "default"')
    found, _ = examined(place)
    assert found["collation-other"].details["columns"] == ["person.sort_key"]


def test_row_security_is_told_and_whether_limits_still_count_everybody(place: str) -> None:
    for role in (*ROLES, "doctor_other"):
        there_is(place, role)
    tamper(place, *(statement for step in securing() for statement in step.statements))
    assert "row-security" in examined(place)[0]
    tamper(place, "ALTER VIEW seat_taken OWNER TO doctor_other")
    found, _ = examined(place)
    assert (bad(found), found["row-security-blind"].details["views"]) == (
        ["row-security-blind"],
        ["seat_taken"],
    )


def test_one_who_is_allowed_no_unit_is_told(place: str) -> None:
    for role in (*ROLES, "doctor_recruiter"):
        there_is(place, role)
    steps = (statement for step in securing() for statement in step.statements)
    tamper(place, "GRANT SELECT ON alembic_version TO socrekry_recruiter", *steps)
    tamper(place, "ALTER ROLE doctor_recruiter LOGIN", "GRANT socrekry_recruiter TO doctor_recruiter")
    hers = place.replace("//postgres:", "//doctor_recruiter:")
    assert examined(hers)[0]["row-security-nothing"].verdict == "look"
    tamper(place, "INSERT INTO unit_access (role_name, unit_id) VALUES ('doctor_recruiter', 1)")
    assert examined(hers)[0]["row-security-part"].verdict == "good"


def there_is(place: str, role: str) -> None:
    """Make a role unless there is one; another test may be making it just now."""
    tamper(
        place,
        f"DO $$ BEGIN CREATE ROLE {role}; "
        "EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$",
    )


def test_an_empty_database_and_one_of_another_program_are_told() -> None:
    empty, other = uri_of(new_database()), uri_of(new_database())
    with psycopg.connect(other) as connection:
        connection.execute("CREATE TABLE wages (id integer)")
    for place, code in ((empty, "store-empty"), (other, "not-a-store")):
        found, error = examined(place)
        assert (bad(found), error.code if error else "") == ([code], code)
        assert found["user-superuser"].details["owner"] is None


def test_a_database_that_cannot_keep_every_letter_is_told() -> None:
    with psycopg.connect(uri_of("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE doctor_latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    found, error = examined(uri_of("doctor_latin"))
    assert (bad(found), error.code if error else "") == (["store-not-utf8"], "store-not-utf8")


@pytest.fixture(scope="module")
def primary() -> Iterator[Server]:
    """Give a server with a store and a standby, and nothing that is as it should be."""
    careless = {"synchronous_commit": "local", "full_page_writes": "off"}
    with a_server("primary", options=careless) as server:
        upgrade_store(server.uri())
        yield server


def test_a_server_that_loses_what_it_calls_done_is_told(primary: Server) -> None:
    found, _ = examined(primary.uri())
    assert found["not-durable"].details["off"] == ["fsync", "full_page_writes"]
    assert found["connection-here"].details["address"] == "127.0.0.1"


def test_standbys_are_told_from_either_side(primary: Server) -> None:
    with a_standby(primary, "second") as standby:
        primary.run("ALTER SYSTEM SET synchronous_commit = 'on'")
        primary.run("SELECT pg_reload_conf()")
        found, _ = examined(primary.uri())
        assert (found["standby-synchronous"].details["number"], bad(found)) == (1, ["not-durable"])
        found, error = examined(standby.uri())
        assert ("server-is-standby" in found, error) == (True, None)
        standby.stop()
        wait_for(lambda: "standby-awaited" in examined(primary.uri())[0])
        primary.run("ALTER SYSTEM SET synchronous_standby_names = ''")
        primary.run("SELECT pg_reload_conf()")


def test_tls_is_told_and_whether_the_server_was_proved(primary: Server, tmp_path: Path) -> None:
    with Door(primary, tls=True) as door:
        with Asked(door.uri(sslmode="require")) as asked:
            assert asked.link()[:3] == ("127.0.0.1", "TLS", "require")
        proved = door.uri(sslmode="verify-full", sslrootcert=str(door.root(tmp_path)))
        with Asked(proved) as asked:
            assert asked.link()[:3] == ("127.0.0.1", "TLS", "verify-full")


def test_a_server_that_does_not_answer_is_told() -> None:
    with a_server("gone") as server:
        place = server.uri()
    found, error = examined(place)
    assert (bad(found), error.code if error else "") == (["store-unreachable"], "store-unreachable")
