"""A disk of a PostgreSQL server that is full, without a disk: ``/dev/full`` has room for nothing.

A limit to the size of files will not do (the server calls that an internal error, not SQLSTATE 53100), and a
small disk of its own takes root. So a file that the server must write to is made a link to ``/dev/full``, and
the server meets the very error that a full disk gives. Linux has that device; macOS has none.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.servers import Server, wait_for

FULL = Path("/dev/full")
NO_ROOM = """
    CREATE FUNCTION ballast() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT
    AS $$ BEGIN INSERT INTO ballast VALUES (1); RETURN NEW; END $$;
    CREATE {kind} ballast AFTER INSERT ON {table} {when} FOR EACH ROW EXECUTE FUNCTION ballast();
"""
ROOM = "DROP TRIGGER ballast ON {table}; DROP FUNCTION ballast(); DROP TABLE ballast"
AT_ONCE = {"kind": "TRIGGER", "when": ""}
AT_COMMIT = {"kind": "CONSTRAINT TRIGGER", "when": "DEFERRABLE INITIALLY DEFERRED"}


@contextmanager
def a_full_table(server: Server, database: str, table: str, *, at_commit: bool = False) -> Iterator[None]:
    """Have no room for new rows of a table: who adds one is refused at once, or when she commits.

    The server goes on, as where the data has a disk of its own and that one is full.
    """
    server.run("CREATE TABLE ballast (n integer)", database=database)
    how = AT_COMMIT if at_commit else AT_ONCE
    server.run(NO_ROOM.format(table=table, **how), database=database)
    server.run("CHECKPOINT")  # nothing of the file is still to be written: it would be written to the link
    [(path,)] = server.run("SELECT pg_relation_filepath('ballast')", database=database)
    with _full(server.data / path):
        yield
    server.run(ROOM.format(table=table), database=database)


@contextmanager
def a_full_disk(server: Server) -> Iterator[None]:
    """Have no room for the server's own log: the next who writes is the last, for the server falls with her.

    It tries to come back, and does so when there is room again; this ends when it has.
    """
    behind = "SELECT pg_walfile_name(pg_current_wal_insert_lsn() + 16 * 1024 * 1024)"
    [(name,)] = server.run(behind)
    with _full(server.data / "pg_wal" / name):
        server.run("SELECT pg_switch_wal()")
        yield
    wait_for(lambda: _answers(server), server.log)


@contextmanager
def _full(path: Path) -> Iterator[None]:
    kept = path.with_name(f"{path.name}.kept")
    if path.exists():
        os.replace(path, kept)
    path.symlink_to(FULL)
    try:
        yield
    finally:
        path.unlink()
        if kept.exists():
            os.replace(kept, path)


def _answers(server: Server) -> bool:
    try:
        return bool(server.run("SELECT 1"))
    except psycopg.OperationalError:
        return False
