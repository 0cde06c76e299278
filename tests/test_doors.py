"""Through a door a server is what a network makes of it: secret, cut off, or never heard of again."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.doors import COMMIT, Door, Fate
from tests.servers import Server, a_server, wait_for


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with a_server() as server:
        server.run("CREATE TABLE noted (n integer PRIMARY KEY)")
        yield server


def noted(server: Server) -> list[int]:
    return [n for (n,) in server.run("SELECT n FROM noted ORDER BY n")]


def test_a_door_speaks_tls_and_a_client_knows_its_certificate(server: Server, tmp_path: Path) -> None:
    with Door(server, tls=True) as door:
        root = str(door.root(tmp_path))
        with psycopg.connect(door.uri(sslmode="verify-full", sslrootcert=root)) as connection:
            assert connection.pgconn.ssl_in_use
            assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_client_refuses_a_door_that_another_authority_vouches_for(server: Server, tmp_path: Path) -> None:
    with Door(server, tls=True) as door, Door(server, tls=True) as other:
        wrong = door.uri(sslmode="verify-full", sslrootcert=str(other.root(tmp_path)))
        with pytest.raises(psycopg.OperationalError, match="certificate verify failed"):
            psycopg.connect(wrong)
        with Door(server) as plain, pytest.raises(psycopg.OperationalError, match="does not support SSL"):
            psycopg.connect(plain.uri(sslmode="require"))


@pytest.mark.parametrize(
    ("fate", "kept"), [(Fate.NEVER_HEARD, []), (Fate.CARRIED_OUT, [1]), (Fate.HEARD_LATE, [1])]
)
def test_a_door_falls_shut_at_a_commit(server: Server, fate: Fate, kept: list[int]) -> None:
    server.run("TRUNCATE noted")
    with Door(server) as door, psycopg.connect(door.uri()) as connection:
        connection.execute("INSERT INTO noted VALUES (1)")
        door.cut_at(COMMIT, fate)
        with pytest.raises(psycopg.OperationalError):
            connection.commit()
        assert noted(server) == (kept if fate is Fate.CARRIED_OUT else [])
        wait_for(lambda: noted(server) == kept)


def test_a_door_that_is_shut_refuses_until_it_is_opened(server: Server) -> None:
    with Door(server) as door:
        with psycopg.connect(door.uri()) as connection:
            door.shut()
            with pytest.raises(psycopg.OperationalError):
                connection.execute("SELECT 1")
        with pytest.raises(psycopg.OperationalError, match="refused"):
            psycopg.connect(door.uri())
        door.open()
        psycopg.connect(door.uri()).close()


def test_a_door_keeps_out_who_comes_and_lets_stay_who_is_inside(server: Server) -> None:
    with Door(server) as door, psycopg.connect(door.uri()) as connection:
        door.keep_out()
        with pytest.raises(psycopg.OperationalError, match="refused"):
            psycopg.connect(door.uri())
        assert connection.execute("SELECT 1").fetchone() == (1,)
