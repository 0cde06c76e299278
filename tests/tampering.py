"""What an accident or a meddler does to a store: changes behind the program's back, some of them thorough.

On PostgreSQL it is what a superuser can do: with triggers set aside nothing is refused.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from socrekry.store.location import is_url
from socrekry.store.log import GENESIS, link
from tests.engines import Connected, OnPostgreSQL, OnSQLite

CHAINED = "seq, command_id, actor_id, occurred_on, event.recorded_at, kind, version, body"
Place = Path | str


@contextmanager
def connected_to(place: Place) -> Iterator[Connected]:
    """Give a connection to a store at a path or a URL."""
    store: Connected = (
        OnPostgreSQL(place) if isinstance(place, str) and is_url(place) else OnSQLite(Path(place))
    )
    try:
        yield store
    finally:
        store.close()


@contextmanager
def behind_its_back(place: Place) -> Iterator[Connected]:
    """Give a connection on which the log can be edited; its triggers are put back at the end."""
    with connected_to(place) as store:
        if store.name == "postgresql":
            store.run("SET session_replication_role = replica")
            yield store
            return
        store.run("PRAGMA foreign_keys = OFF")
        triggers, _ = store.run("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        for name, _sql in triggers:
            store.run(f"DROP TRIGGER {name}")
        yield store
        for _name, sql in triggers:
            store.run(sql)


def tamper(place: Place, *statements: str) -> None:
    """Run statements on a store, its triggers set aside."""
    with behind_its_back(place) as store:
        for statement in statements:
            store.run(statement)


def tamper_thoroughly(place: Place, candidacy: int, *statements: str) -> None:
    """Run statements on a store, then compute the candidacy's chain and its head anew."""
    with behind_its_back(place) as store:
        for statement in statements:
            store.run(statement)
        one = {"c": candidacy}
        [(person, number)], _ = store.run("SELECT person_id, number FROM candidacy WHERE id = :c", one)
        seq, previous = 0, GENESIS
        log = f"SELECT {CHAINED} FROM event JOIN command ON command.id = command_id"
        rows, _ = store.run(f"{log} WHERE candidacy_id = :c ORDER BY seq", one)
        for row in rows:
            seq, previous = row[0], link(previous, f"C-{person}.{number}", row)
            store.run(
                "UPDATE event SET hash = :hash WHERE candidacy_id = :c AND seq = :seq",
                one | {"hash": previous, "seq": seq},
            )
        store.run(
            "UPDATE candidacy SET head_seq = :seq, head_hash = :hash WHERE id = :c",
            one | {"hash": previous, "seq": seq},
        )


def the_log(place: Place) -> list[tuple[object, ...]]:
    """Return everything that the log holds."""
    with connected_to(place) as store:
        return store.run("SELECT * FROM event ORDER BY candidacy_id, seq")[0]
