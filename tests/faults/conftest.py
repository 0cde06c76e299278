"""A world on each engine, a server that may be hurt, and hands that stay for a whole room of tests."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from socrekry.services.upgrading import upgrade_store
from tests.builders import a_database, a_file
from tests.doors import Door
from tests.faults.hands import Hands
from tests.faults.worlds import World
from tests.rounds import rounds
from tests.servers import Server, a_server

_number = count(1)


@pytest.fixture(params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    location = str(a_file(tmp_path)) if request.param == "sqlite" else a_database()
    world = World(location, tmp_path, seats=10_000)
    yield world
    world.close()


@pytest.fixture(scope="module")
def hands() -> Iterator[Hands]:
    """Give fifty hands in full, and as many in brief as seats and room are too few for."""
    with Hands(rounds(50, brief=14)) as hands:
        yield hands


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Give a server that a test may pause and kill; it must run again when the next one comes."""
    with a_server() as server:
        server.run("CREATE DATABASE furnished")
        upgrade_store(server.uri("furnished"))
        yield server


@pytest.fixture
def database(server: Server) -> str:
    """Return the name of a database of its own on that server, with a new store in it."""
    name = f"world{next(_number)}"
    server.run(f"CREATE DATABASE {name} TEMPLATE furnished")
    server.run("CHECKPOINT")  # a copy whose server is killed before the next one gives numbers twice
    return name


@pytest.fixture
def door(server: Server) -> Iterator[Door]:
    """Give a door to that server."""
    with Door(server) as door:
        yield door
