"""The declared schema, written out as SQL for SQLite: for a store that is made in memory and let go of.

A store that is kept is built by the migrations; this one lives for one command and has no history to move
along.
"""

from typing import Any

from sqlalchemy import create_mock_engine

from socrekry.store.schema import Event


def statements() -> list[str]:
    """Return what makes every table, index, trigger and view, in an order that SQLite takes."""
    found: list[str] = []

    def note(statement: Any, *_: Any, **__: Any) -> None:
        found.append(str(statement.compile(dialect=engine.dialect)))

    engine = create_mock_engine("sqlite://", note)
    Event.metadata.create_all(engine, checkfirst=False)
    return found
