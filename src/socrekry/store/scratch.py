"""A store in memory: for one command that asks what a store would have said if less had been recorded.

It is nobody else's, so nothing in it is guarded against others, and it is gone when it is closed.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from socrekry.store.connect import Store
from socrekry.store.sqlite.connection import OnSQLite


class _InMemory(OnSQLite):
    """A connection to a store that no file holds."""

    def __init__(self) -> None:
        self.location = ":memory:"
        self._connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)


@contextmanager
def scratch(fill: Callable[[Store], None]) -> Iterator[Store]:
    """Give a store with the schema that is declared, once it has been filled.

    What is put into it has kept every rule where it comes from, so none is asked again, and indexes are made
    when all of it is there: each takes longer than the rows do.
    """
    from socrekry.store.schema.written import statements  # SQLAlchemy: half a second

    tables, others = list[str](), list[str]()
    for statement in statements():
        (tables if statement.lstrip().startswith("CREATE TABLE") else others).append(statement)
    with Store(_InMemory()) as store:
        store.engine_rows("PRAGMA ignore_check_constraints = ON")
        for statement in tables:
            store.engine_rows(statement)
        with store.transaction():
            fill(store)
        for statement in others:
            store.engine_rows(statement)
        yield store
