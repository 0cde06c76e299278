"""A store on PostgreSQL is opened, written beside others or alone, and let go of as one in a file is."""

from collections.abc import Iterator
from contextlib import ExitStack, suppress

import psycopg
import pytest

from socrekry.domain.errors import InvalidInput, SocrekryError, StoreDamaged, StoreUnavailable
from socrekry.services.opening import opened
from socrekry.services.upgrading import upgrade_store
from socrekry.store.connect import SCHEMA_VERSION, Store, open_store
from socrekry.store.failures import ConnectionLost, Duplicate
from tests.engines import migrated_database, new_database, uri_of


@pytest.fixture
def url() -> str:
    """A database with the schema of this version, and nothing in it."""
    return uri_of(new_database(migrated_database()))


@pytest.fixture
def two(url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Store, Store]]:
    """Two who write to one store, and have little patience."""
    monkeypatch.setenv("SOCREKRY_BUSY_SECONDS", "0.2")
    with ExitStack() as stack:
        yield (
            stack.enter_context(open_store(url, writing=True)),
            stack.enter_context(open_store(url, writing=True)),
        )


def add_actor(store: Store, name: str) -> None:
    store.write("writing.add_actor", name=name)


def test_what_is_committed_is_there_and_what_is_not_is_gone(two: tuple[Store, Store]) -> None:
    one, other = two
    with one.transaction():
        add_actor(one, "Anna")
    with suppress(ZeroDivisionError), one.transaction():
        add_actor(one, "Bo")
        raise ZeroDivisionError
    with one.transaction(keep=False):
        add_actor(one, "Cia")
    found = [other.value("writing.actor", name=name) for name in ("Anna", "Bo", "Cia")]
    assert [number is not None for number in found] == [True, False, False]


def test_a_part_that_fails_takes_back_itself_alone(two: tuple[Store, Store]) -> None:
    store, _ = two
    with store.transaction():
        add_actor(store, "Anna")
        with suppress(Duplicate), store.savepoint():
            add_actor(store, "Bo")
            store.write("person.add_tag", person=1, tag="nobody's")
    assert store.value("writing.actor", name="Anna") is not None
    assert store.value("writing.actor", name="Bo") is None


@pytest.mark.parametrize(
    ("first", "second", "waits"),
    [(True, True, True), (True, False, True), (False, True, True), (False, False, False)],
)
def test_whoever_is_alone_is_waited_for(
    two: tuple[Store, Store], first: bool, second: bool, waits: bool
) -> None:
    one, other = two
    with one.transaction(alone=first):
        if waits:
            with pytest.raises(StoreUnavailable) as raised, other.transaction(alone=second):
                pass
            assert raised.value.code == "store-busy"
        else:
            with other.transaction(alone=second):
                pass
    with other.transaction():  # and nothing is left of it
        add_actor(other, "Anna")


def test_two_beside_each_other_wait_for_what_one_of_them_holds(two: tuple[Store, Store]) -> None:
    one, other = two
    _two_cohorts(one)
    with one.transaction(alone=False):
        one.hold("cohort", (1,))
        with other.transaction(alone=False):
            other.hold("cohort", (2,))
        with pytest.raises(StoreUnavailable, match="store-busy"), other.transaction(alone=False):
            other.hold("cohort", (2, 1))


def _two_cohorts(store: Store) -> None:
    row = {"pipeline": "trainee", "seats": 1, "unit_id": None, "name": "", "registry_number": None}
    with store.transaction():
        for term in (20251, 20252):
            store.write("programme.add_cohort", **row, term=term, search_key="")


def test_a_reader_cannot_write_and_sees_one_moment(url: str, two: tuple[Store, Store]) -> None:
    with open_store(url, writing=False) as reader:
        with pytest.raises(StoreUnavailable, match="store-read-only"):
            add_actor(reader, "Anna")
        with reader.snapshot():
            assert reader.value("writing.actor", name="Anna") is None
            with two[0].transaction():
                add_actor(two[0], "Anna")
            assert reader.value("writing.actor", name="Anna") is None
        assert reader.value("writing.actor", name="Anna") is not None


def test_a_connection_that_is_cut_is_told_as_lost_and_can_be_made_anew(two: tuple[Store, Store]) -> None:
    one, other = two
    (pid,) = one.engine_rows("SELECT pg_backend_pid()")[0]

    def cut_short() -> None:
        with one.transaction():
            add_actor(one, "Anna")
            other.engine_rows("SELECT pg_terminate_backend(%s)", pid)
            add_actor(one, "Bo")

    with pytest.raises(ConnectionLost) as raised:
        cut_short()
    assert (raised.value.code, raised.value.while_committing) == ("connection-lost", False)
    one.reconnect()
    assert one.value("writing.actor", name="Anna") is None


def test_a_commit_that_the_engine_did_not_carry_out_is_never_taken_for_one(two: tuple[Store, Store]) -> None:
    store, _ = two
    with pytest.raises(AssertionError, match="failed already"), store.transaction(), suppress(Duplicate):
        store.write("person.add_tag", person=1, tag="nobody's")  # and no savepoint around it


def test_a_server_that_answers_too_soon_is_told_to_write_first(url: str) -> None:
    name = psycopg.conninfo.conninfo_to_dict(url)["dbname"]
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(f'ALTER DATABASE "{name}" SET synchronous_commit = off'.encode())
    with open_store(url, writing=True) as store:
        assert store.engine_rows("SHOW synchronous_commit") == [("on",)]


class TestWhatIsNoStore:
    """A name that leads elsewhere is told apart: nothing there yet, something else, nobody there."""

    def test_an_empty_database_is_made_a_store_when_that_is_asked_for(self) -> None:
        url = uri_of(new_database())
        with pytest.raises(StoreUnavailable) as raised:
            opened(url, writing=True)
        assert raised.value.code == "store-empty"
        assert [upgrade_store(url, dry_run=dry).before for dry in (True, False, False)] == [
            None,
            None,
            SCHEMA_VERSION,
        ]
        with opened(url, writing=False) as store:
            assert len(store.rows("programme.pipeline_names")) == 2

    def test_another_programs_database_is_left_alone(self) -> None:
        url = uri_of(new_database())
        with psycopg.connect(url, autocommit=True) as theirs:
            theirs.execute("CREATE TABLE invoice (id integer)")
        for ask in (lambda: opened(url, writing=True), lambda: upgrade_store(url)):
            with pytest.raises(StoreDamaged) as raised:
                ask()
            assert raised.value.code == "not-a-store"

    @pytest.mark.parametrize(
        ("place", "code", "kind"),
        [
            ("postgresql://nobody@127.0.0.1:1/db", "store-unreachable", StoreUnavailable),
            ("postgresql://127.0.0.1:port/db", "store-unreachable", StoreUnavailable),
            ("postgresql://127.0.0.1/db?colour=blue", "store-url-invalid", InvalidInput),
        ],
    )
    def test_a_place_where_nobody_answers(self, place: str, code: str, kind: type[SocrekryError]) -> None:
        with pytest.raises(kind) as raised:
            open_store(place, writing=False)
        assert raised.value.code == code
        assert raised.value.details["reason"]
