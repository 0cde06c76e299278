"""Fill and empty a SQLite file as a whole: what `socrekry.store.loading` asks of this engine."""

import os
import sqlite3
from collections.abc import Mapping, Sequence

from socrekry.store.connect import Store


def numbers_given(store: Store, tables: Sequence[str]) -> dict[str, int]:
    """Return the last number that each table has given to a row, 0 where it has given none."""
    given: dict[str, int] = dict(store.engine_rows("SELECT name, seq FROM sqlite_sequence"))
    return {table: given.get(table, 0) for table in tables}


def go_on_after(store: Store, numbers: Mapping[str, int]) -> None:
    """Let each table's next row have the number after this one."""
    for table, last in numbers.items():
        store.engine_rows("DELETE FROM sqlite_sequence WHERE name = ?", table)
        store.engine_rows("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", table, last)


def next_numbers(store: Store, table: str, _many: int) -> int:
    """Return the number after the last that was given; whoever uses it moves that on."""
    given = store.engine_rows("SELECT seq FROM sqlite_sequence WHERE name = ?", table)
    return int(given[0][0]) + 1 if given else 1


def may_load(_store: Store) -> bool:
    """Say yes: a file has no row security."""
    return True


def may_overlap() -> bool:
    """Say whether this SQLite lets threads share a connection; it works on its own within a statement."""
    return sqlite3.threadsafety == 3


def empty_out(store: Store, tables: Sequence[str]) -> None:
    """Take every row out of these tables; the triggers that keep the log are set aside meanwhile."""
    triggers = store.engine_rows("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
    for name, _ in triggers:
        store.engine_rows(f'DROP TRIGGER "{name}"')
    for table in reversed(tables):
        store.engine_rows(f'DELETE FROM "{table}"')  # noqa: S608 – our own name
    store.engine_rows("DELETE FROM sqlite_sequence")
    for _, sql in triggers:
        store.engine_rows(sql)


def settle(store: Store, tables: Sequence[str]) -> None:
    """Do nothing: statements are planned alike in a large file and in a small one."""


def are_one(first: Store, second: Store) -> bool:
    """Tell whether two stores are one file."""
    return os.path.samefile(first.location, second.location)
