"""Whether the store itself is sound: what only the engine can tell, asked of each engine in its own way.

Pages that cannot be read, rows that break a constraint, references that lead nowhere, and parts of
the schema that somebody took away – a trigger among them, without which the log could be edited.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext

from socrekry.store.connect import Store
from socrekry.store.soundness import postgresql as postgresql_soundness
from socrekry.store.soundness import sqlite as sqlite_soundness
from socrekry.store.soundness.unsound import BrokenReference, Damage, Part


def require_whole_view(store: Store) -> None:
    """Raise StoreUnavailable("store-seen-in-part") for one from whom the engine hides a part of the store.

    What she would be shown may be sound, and the rest in pieces.
    """
    if store.engine == "postgresql":
        postgresql_soundness.require_whole_view(store)


def one_moment(store: Store) -> AbstractContextManager[None]:
    """Have the whole store read as of one moment where that keeps nobody from writing.

    In a SQLite file a reader would hold up every writer; there it is read a few candidacies at a time.
    """
    return store.snapshot() if store.engine == "postgresql" else nullcontext()


def damages(store: Store) -> tuple[Damage, ...]:
    """Return what the engine knows to be wrong; nothing where it is sound."""
    if store.engine == "postgresql":
        return postgresql_soundness.damages(store)
    return sqlite_soundness.damages(store)


def broken_references(store: Store) -> Iterator[BrokenReference]:
    """Give every row that refers to one that is not there."""
    if store.engine == "postgresql":
        return postgresql_soundness.broken_references(store)
    return sqlite_soundness.broken_references(store)


def missing_parts(store: Store) -> tuple[Part, ...]:
    """Return what belongs to this version's schema and is gone or changed."""
    if store.engine == "postgresql":
        return postgresql_soundness.missing_parts(store)
    return sqlite_soundness.missing_parts(store)
