"""What a server refuses is told in our own words, by its code and never with what stands in a row."""

from collections.abc import Iterator

import psycopg
import pytest

from socrekry.domain.errors import SocrekryError
from socrekry.store.connect import Store, open_store
from socrekry.store.failures import ConnectionLost, Contended, Duplicate
from socrekry.store.location import without_password
from socrekry.store.postgresql.errors import reason_of, translated
from tests.engines import migrated_database, new_database, uri_of

RAISING = """
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION 'no' USING ERRCODE = NEW.name, DETAIL = 'asa@exempel.se', HINT = 'Åsa'; END $$;
CREATE TRIGGER refuse BEFORE INSERT ON actor FOR EACH ROW EXECUTE FUNCTION refuse()
"""


@pytest.fixture(scope="module")
def refusing() -> Iterator[Store]:
    """Give a store where whoever adds an actor is refused with the code that the actor is called."""
    url = uri_of(new_database(migrated_database()))
    with psycopg.connect(url) as connection:
        connection.execute(RAISING.encode())
    with open_store(url, writing=True) as store:
        yield store


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("53100", "store-full"),
        ("53200", "store-busy"),
        ("53300", "store-busy"),
        ("55P03", "store-busy"),
        ("57014", "store-busy"),
        ("25006", "store-read-only"),
        ("42501", "not-permitted"),
        ("58030", "store-unwritable"),
        ("58P01", "store-unwritable"),
        ("XX000", "store-unwritable"),
        ("XX001", "store-damaged"),
        ("XX002", "store-damaged"),
    ],
)
def test_a_refusal_is_told_by_its_code_and_without_what_stands_in_a_row(
    refusing: Store, state: str, code: str
) -> None:
    with pytest.raises(SocrekryError) as raised, refusing.transaction():
        refusing.write("writing.add_actor", name=state)
    assert raised.value.code == code
    assert raised.value.details == {"store": refusing.location, "reason": "no"}


@pytest.mark.parametrize(
    ("state", "kind"),
    [("40001", Contended), ("40P01", Contended), ("23505", Duplicate), ("08006", ConnectionLost)],
)
def test_what_may_be_tried_again_is_told_from_what_may_not(
    refusing: Store, state: str, kind: type[Exception]
) -> None:
    with pytest.raises(kind) as raised, refusing.transaction():
        refusing.write("writing.add_actor", name=state)
    assert "exempel" not in str(raised.value)
    refusing.reconnect()


def test_what_only_a_bug_can_cause_stays_what_it_is(refusing: Store) -> None:
    with pytest.raises(psycopg.errors.NumericValueOutOfRange), refusing.transaction():
        refusing.write("writing.add_actor", name="22003")


def test_a_server_that_shows_us_out_has_broken_the_connection(refusing: Store) -> None:
    with pytest.raises(ConnectionLost) as raised, refusing.transaction():
        refusing.engine_rows("SELECT pg_terminate_backend(pg_backend_pid())")
    assert (raised.value.code, raised.value.while_committing) == ("connection-lost", False)
    refusing.reconnect()


def test_of_a_password_in_a_connection_string_nothing_is_told() -> None:
    error = psycopg.OperationalError("invalid dsn: host=x Password=hunter2 user=anna")
    assert reason_of(error) == "invalid dsn: host=x Password=*** user=anna"
    lost = translated(error, "somewhere", while_committing=True)
    assert isinstance(lost, ConnectionLost)
    assert lost.code == "commit-unknown"


@pytest.mark.parametrize(
    ("url", "said", "shown"),
    [
        ("postgresql://u:a@bc@h/d", "failed to resolve host 'bc@h'", "failed to resolve host ***"),
        ("postgresql://u:abc@h/d", 'connection to "h" failed: role "u" is unknown', None),
        ("postgresql://u:abc@h/d", 'invalid port "abc"', "invalid port ***"),
        ("postgresql://h/d?password=abc", 'unexpected spaces in "abc"', "unexpected spaces in ***"),
        ("postgresql://h/d?sslmode=abc", 'invalid sslmode value: "abc"', None),
        ("/a/path/store.db", "'a' and 'b'", None),
    ],
)
def test_what_is_quoted_of_a_password_is_hidden_and_nothing_else(
    url: str, said: str, shown: str | None
) -> None:
    assert without_password(said, url) == (shown or said)
