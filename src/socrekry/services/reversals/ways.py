"""What all ways back have in common: the change as it was kept, and the rules that none of them breaks.

Nothing is put back over what somebody has written since, and what has changed since it was made is not
deleted. A limit or a rule that holds for a kind of row is asked for again after the row is back.
"""

from collections.abc import Callable, Collection
from typing import Any, NamedTuple, TypeAlias

from socrekry.domain.errors import Conflict, Refused
from socrekry.domain.names import search_key
from socrekry.services.writing import as_text
from socrekry.store.connect import Store


class Change(NamedTuple):
    """One change, as a command's account has it: of which row, which field, and the values as texts.

    ``number`` is its place among the command's changes. An empty ``field`` means that the row was new.
    """

    command: int
    number: int
    entity: str
    key: str
    field: str
    before: str | None
    after: str | None


Reversal: TypeAlias = Callable[[Store, Change], None]


class Kind(NamedTuple):
    """How a kind of row is read (its columns in that order), which of them are kept, and what limits it.

    ``key_of`` is the column that its search key is made of, if it has one; ``numbers`` are whole numbers.
    """

    read: str
    columns: tuple[str, ...]
    keep: str
    kept: tuple[str, ...]
    drop: str
    numbers: Collection[str] = ()
    key_of: str | None = None
    require: Callable[[Store, int], None] | None = None


def changed_since(change: Change) -> Conflict:
    """Return the error for a row that somebody has changed after the change."""
    what = called(change.entity, change.key)
    return Conflict("changed-since", what=what, entity=change.entity, key=change.key, field=change.field)


def in_use(entity: str, key: str) -> Refused:
    """Return the error for a row that would go, and on which something rests."""
    return Refused("in-use", what=called(entity, key), entity=entity, key=key)


_IDS = {
    "activity": "A-{0}",
    "touch": "C-{0} A-{1}",
    "voice": "V-{1}",
    "person": "C-{0}",
    "tag": "C-{0} {1}",
    "merge": "C-{0} C-{1}",
    "apart": "C-{0} C-{1}",
    "staff": "S-{0}",
    "staff-role": "S-{0} {1}",
    "staff-capacity": "S-{0} {1}",
    "cohort": "K-{0}",
    "theme": "{0}",
    "university": "{0}",
}
"""How a reader knows the kinds of rows that have an id: the parts of the key in it."""


def called(entity: str, key: str) -> str:
    """Return what a reader knows a row by: ``A-1``, ``C-1 A-1`` for a touch; the kind and key of the rest."""
    return _IDS[entity].format(*key.split(":")) if entity in _IDS else f"{entity} {key}"


def drop(store: Store, change: Change, statement: str, **values: Any) -> None:
    """Delete a row that was new, unless somebody has changed it or taken it away since."""
    since = store.value(
        "editing.changes_since",
        entity=change.entity,
        row=change.key,
        command=change.command,
        number=change.number,
    )
    if since or not store.write(statement, **values):
        raise changed_since(change)


def new_row(statement: str, read: Callable[[str], Any]) -> Reversal:
    """Return the way back for a kind of row that can be made but not changed."""

    def reversal(store: Store, change: Change) -> None:
        drop(store, change, statement, id=read(change.key))

    return reversal


def fields_of(kind: Kind) -> Reversal:
    """Return the way back for a kind of row whose fields can be changed."""

    def reversal(store: Store, change: Change) -> None:
        number = int(change.key)
        if not change.field:
            drop(store, change, kind.drop, id=number)
            return
        row = store.row(kind.read, id=number)
        if row is None:
            raise changed_since(change)
        values = dict(zip(kind.columns, row, strict=True))
        if as_text(values[change.field]) != change.after:
            raise changed_since(change)
        numeric = change.field in kind.numbers and change.before is not None
        values[change.field] = int(change.before or 0) if numeric else change.before
        kept = {column: values[column] for column in kind.kept}
        if kind.key_of is not None:
            kept["search_key"] = search_key(values[kind.key_of])
        store.write(kind.keep, **kept, id=number)
        if kind.require is not None:
            kind.require(store, number)

    return reversal
