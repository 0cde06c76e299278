"""A figure that is kept alone under a key – a need, a cost, an assumption: recorded, replaced, put back.

Recording it again replaces it; what it was is told and kept, so that an undo can put back just that. Nothing
is put back over what somebody else has recorded since, nor against a rule that holds for the figure now.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from socrekry.services.writing import Writing
from socrekry.store.connect import Store


class Kind(NamedTuple):
    """A kind of figure: its statements, how its key and value are read, and the rule that it must keep.

    ``entity`` and ``field`` are what the account of changes calls it; ``which`` makes of its key the
    parameters that find it; ``rule`` raises where the figures do not go together, and is asked after each
    change.
    """

    entity: str
    field: str
    read: str
    add: str
    keep: str
    drop: str
    which: Callable[[str], dict[str, Any]]
    value: Callable[[str], Any]
    rule: Callable[[Store, str], None]


def replace(writing: Writing, kind: Kind, key: str, value: Any) -> Any:
    """Record a figure, or forget it where ``value`` is None; return what it was, None for nothing.

    Inside a transaction. What is recorded already is not written again.
    """
    store = writing.store
    before = store.value(kind.read, **kind.which(key))
    if before != value:
        _put(store, kind, key, before, value)
        writing.edited(kind.entity, key, kind.field, before, value)
    return before


def put_back(store: Store, kind: Kind, key: str, before: str | None, after: str | None) -> bool:
    """Make a figure what it was before a change; False where it is no longer what the change made it."""
    now = store.value(kind.read, **kind.which(key))
    if now != (None if after is None else kind.value(after)):
        return False
    _put(store, kind, key, now, None if before is None else kind.value(before))
    return True


def no_rule(_: Store, __: str) -> None:
    """Let any figure stand."""


def _put(store: Store, kind: Kind, key: str, before: Any, value: Any) -> None:
    which = kind.which(key)
    if value is None:
        store.write(kind.drop, **which)
    elif before is None:
        store.value(kind.add, **which, value=value)
    else:
        store.write(kind.keep, **which, value=value)
    kind.rule(store, key)
