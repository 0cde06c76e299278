"""A server whose disk is full says so, takes nothing, and goes on when there is room again."""

from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest

from tests.full_disks import a_full_disk, a_full_table
from tests.servers import Server, a_server


@pytest.fixture
def server() -> Iterator[Server]:
    with a_server() as server:
        server.run("CREATE TABLE noted (n integer PRIMARY KEY)")
        yield server


def noted(server: Server) -> list[int]:
    return [n for (n,) in server.run("SELECT n FROM noted ORDER BY n")]


def test_a_full_table_refuses_rows_until_there_is_room_again(server: Server) -> None:
    with a_full_table(server, "postgres", "noted"), pytest.raises(psycopg.errors.DiskFull):
        server.run("INSERT INTO noted VALUES (1)")
    with a_full_table(server, "postgres", "noted", at_commit=True):
        connection = psycopg.connect(server.uri())
        connection.execute("INSERT INTO noted VALUES (2)")
        with closing(connection), pytest.raises(psycopg.errors.DiskFull):
            connection.commit()
    server.run("INSERT INTO noted VALUES (3)")
    assert noted(server) == [3]


def test_a_server_falls_when_its_disk_is_full_and_comes_back_when_there_is_room(server: Server) -> None:
    server.run("INSERT INTO noted VALUES (1)")
    with a_full_disk(server):
        with pytest.raises(psycopg.OperationalError):
            server.run("INSERT INTO noted VALUES (2)")
        with pytest.raises(psycopg.OperationalError):
            noted(server)
    assert "No space left on device" in server.log()
    server.run("INSERT INTO noted VALUES (3)")
    assert noted(server) == [1, 3]
