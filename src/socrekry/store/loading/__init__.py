"""Move the rows of a table out of a store and into another: in the order of their keys, some at a time.

Rows come out the same from either engine – numbers, texts, None; what is true or false is 1 or 0 – so that
what was read in one place can be compared with what was read in another. What each engine does in its own way
stands in a room of its own.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from socrekry.store.connect import Store
from socrekry.store.engine import Row
from socrekry.store.tables import Table

_PLACE = {"sqlite": "?", "postgresql": "%s"}


def count_of(store: Store, table: Table) -> int:
    """Return how many rows a table has."""
    return int(store.engine_rows(f'SELECT COUNT(*) FROM "{table.name}"')[0][0])  # noqa: S608 – our own name


def rows_after(store: Store, table: Table, key: Row | None, most: int) -> list[Row]:
    """Return the next rows after one with that key, or the first ones, in the order of the keys."""
    shown = ", ".join(
        f'CAST("{name}" AS INTEGER)' if place in table.flags else f'"{name}"'
        for place, name in enumerate(table.columns)
    )
    order = ", ".join(f'"{table.columns[place]}"' for place in table.key)
    places = ", ".join([_PLACE[store.engine]] * len(table.key))
    beyond = "" if key is None else f"WHERE ({order}) > ({places}) "
    asked = f'SELECT {shown} FROM "{table.name}" {beyond}ORDER BY {order} LIMIT {most}'  # noqa: S608
    given = [
        bool(each) if place in table.flags else each
        for place, each in zip(table.key, key or (), strict=False)
    ]
    return store.engine_rows(asked, *given)


def load(store: Store, table: Table, rows: Sequence[Row]) -> None:
    """Put rows into a table as they were read; Duplicate where one of them cannot be kept there."""
    store.load(table.name, table.columns, rows)


def numbers_given(store: Store, tables: Sequence[Table]) -> dict[str, int]:
    """Return the last number that each numbered table has given to a row, 0 where it has given none."""
    given: dict[str, int] = _room(store).numbers_given(store, [each.name for each in tables if each.numbered])
    return given


def go_on_after(store: Store, numbers: Mapping[str, int]) -> None:
    """Let each numbered table give its next row the number after this one, and none before it."""
    _room(store).go_on_after(store, {name: last for name, last in numbers.items() if last})


def next_numbers(store: Store, table: str, many: int) -> int:
    """Return the first of so many numbers for new rows of a table, inside a transaction that is alone.

    They follow each other, and they have to be used before more are asked for.
    """
    return int(_room(store).next_numbers(store, table, many))


def may_load(store: Store) -> bool:
    """Tell whether rows about persons may be put in as a whole: not where row security looks at each."""
    return bool(_room(store).may_load(store))


def may_overlap(store: Store) -> bool:
    """Tell whether a thread may put rows in while another does what needs no store."""
    return bool(_room(store).may_overlap())


def empty_out(store: Store, tables: Sequence[Table]) -> None:
    """Take every row out of a store, its log's as well; for one that is not in use yet."""
    _room(store).empty_out(store, [table.name for table in tables])


def settle(store: Store, tables: Sequence[Table]) -> None:
    """Let the engine find out what it needs to know of tables that have just been filled."""
    _room(store).settle(store, [table.name for table in tables])


def are_one(first: Store, second: Store) -> bool:
    """Tell whether two open stores are one and the same, by whatever names they were opened."""
    return first.engine == second.engine and bool(_room(first).are_one(first, second))


def _room(store: Store) -> Any:
    """Return the room of the store's engine; each of them has every function that is asked for here."""
    if store.engine == "postgresql":
        from socrekry.store.loading import postgresql as postgresql_loading

        return postgresql_loading
    from socrekry.store.loading import sqlite as sqlite_loading

    return sqlite_loading
