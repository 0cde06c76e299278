"""Where a store may be copied to: a place with nothing in it, or one where a copy was begun.

A store that was made and furnished, and that nobody has written to yet, has nothing in it that anybody would
miss. Everything else is refused: a copy never mixes with what is there, and never takes its place.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from socrekry.domain.errors import Refused, StoreDamaged, StoreUnavailable
from socrekry.services.watching import How
from socrekry.store import half_copied, loading
from socrekry.store.connect import SCHEMA_VERSION, Store, schema_version, store_at
from socrekry.store.location import is_url, path_of, place_of
from socrekry.store.tables import tables


@contextmanager
def opened_target(location: str, source: Store) -> Iterator[tuple[Store, How]]:
    """Give the store to copy into, made where there is none and marked as half copied.

    Refused("target-not-empty", "copy-onto-itself"); StoreUnavailable as `open_store`.
    """
    place = location if is_url(location) else path_of(location)
    made = not is_url(location) and _made_room(place)
    try:
        with _whatever_is_at(place) as store:
            yield store, _begun(place, store, source)
    finally:
        if made and not os.path.getsize(place):  # nothing came of it
            with suppress(OSError):
                os.remove(place)


def empty_anew(target: Store) -> None:
    """Take out what was copied, so that all of it is copied again."""
    with target.transaction():
        loading.empty_out(target, tables())
        half_copied.forget(target)


def _whatever_is_at(place: str) -> Store:
    try:
        return store_at(place, writing=True)
    except StoreDamaged as error:  # a file of another kind
        raise Refused("target-not-empty", store=place_of(place)) from error


def _made_room(path: str) -> bool:
    """Make an empty file that belongs to its user alone, unless there is one; tell whether it was made."""
    if os.path.lexists(path):  # asked first: where nothing can be made, what is there can still be looked at
        return False
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        return False
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreUnavailable("store-unreachable", store=path, reason=reason) from error
    return True


def _begun(place: str, store: Store, source: Store) -> How:
    """See what is there, and have it stand as a store that is half copied."""
    taken = Refused("target-not-empty", store=store.location)
    try:
        if store.engine == "sqlite" and not store.engine_rows("SELECT 1 FROM sqlite_master LIMIT 1"):
            return _make(place)
        found = schema_version(store)
    except StoreUnavailable as error:
        if error.code == "store-empty":
            return _make(place)
        if error.code != "store-half-copied":
            raise
        if not half_copied.can_go_on(store):
            raise taken from error
        return "resumed"
    except StoreDamaged as error:
        raise taken from error
    if loading.are_one(store, source):
        raise Refused("copy-onto-itself", store=store.location)
    if found != SCHEMA_VERSION or store.value("moving.written_to"):
        raise taken
    with store.transaction():
        loading.empty_out(store, tables())
        half_copied.begin(store)
    return "new"


def _make(place: str) -> How:
    from socrekry.store.migrate import create

    create(place, finish=half_copied.mark)
    return "new"
