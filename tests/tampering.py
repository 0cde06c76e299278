"""What an accident or a meddler does to a store: changes behind the program's back, some of them thorough."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from socrekry.store.log import GENESIS, link

CHAINED = "seq, command_id, actor_id, occurred_on, event.recorded_at, kind, version, body"


@contextmanager
def behind_its_back(path: Path) -> Iterator[sqlite3.Connection]:
    """Give a connection on which the log can be edited; its triggers are put back at the end."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for _, sql in triggers:
            connection.execute(sql)


def tamper(path: Path, *statements: str) -> None:
    """Run statements on a store, its triggers set aside."""
    with behind_its_back(path) as connection:
        for statement in statements:
            connection.execute(statement)


def tamper_thoroughly(path: Path, candidacy: int, *statements: str) -> None:
    """Run statements on a store, then compute the candidacy's chain and its head anew."""
    with behind_its_back(path) as connection:
        for statement in statements:
            connection.execute(statement)
        one = (candidacy,)
        person, number = connection.execute(
            "SELECT person_id, number FROM candidacy WHERE id = ?", one
        ).fetchone()
        seq, previous = 0, GENESIS
        for row in connection.execute(
            f"SELECT {CHAINED} FROM event JOIN command ON command.id = command_id "
            "WHERE candidacy_id = ? ORDER BY seq",
            one,
        ).fetchall():
            seq, previous = row[0], link(previous, f"C-{person}.{number}", row)
            connection.execute(
                "UPDATE event SET hash = ? WHERE candidacy_id = ? AND seq = ?", (previous, candidacy, seq)
            )
        connection.execute(
            "UPDATE candidacy SET head_seq = ?, head_hash = ? WHERE id = ?", (seq, previous, candidacy)
        )


def the_log(path: Path) -> list[tuple[object, ...]]:
    """Return everything that the log holds."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT * FROM event ORDER BY candidacy_id, seq").fetchall()
