"""What every table holds, for whoever moves all of them: its columns and its key, in the order of references.

A row never comes before one that it refers to, so a store can be filled table by table with every
constraint standing. The declared schema is asked, which takes half a second: no everyday command does.
"""

from functools import cache
from typing import NamedTuple

from socrekry.store.engine import Row


class Table(NamedTuple):
    """A table: its columns, and the places among them of its key and of what is true or false.

    One that is ``numbered`` never gives a number to another row, also not that of a row that is gone.
    """

    name: str
    columns: tuple[str, ...]
    key: tuple[int, ...]
    flags: tuple[int, ...]
    numbered: bool

    def key_of(self, row: Row) -> Row:
        """Return what a row, in the order of the columns, is found by."""
        return tuple(row[place] for place in self.key)


@cache
def tables() -> tuple[Table, ...]:
    """Return every table of the schema; those that others refer to come before them."""
    from socrekry.store.schema import Event

    found = []
    for table in Event.metadata.sorted_tables:
        columns = list(table.columns)
        key = tuple(columns.index(each) for each in table.primary_key.columns)
        flags = tuple(place for place, each in enumerate(columns) if each.type.python_type is bool)
        names = tuple(each.name for each in columns)
        found.append(Table(table.name, names, key, flags, [names[place] for place in key] == ["id"]))
    return tuple(found)
