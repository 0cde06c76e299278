"""Bring an older store up to this version: all of the steps or none, and the store as it was if one fails.

A database on PostgreSQL is made here and nowhere else: it is there before there is a store in it, and a
name mistyped must not fill somebody else's.
"""

from typing import Any, NamedTuple

from socrekry.domain.errors import StoreDamaged, StoreUnavailable
from socrekry.services.tallies import rebuild
from socrekry.store.connect import SCHEMA_VERSION, Store, store_on, version_at
from socrekry.store.location import is_url, path_of, place_of


class Upgraded(NamedTuple):
    """Which store, the version of its schema before (None: it was empty), and now."""

    store: str
    before: str | None
    after: str

    @property
    def changed(self) -> bool:
        """Whether there was anything to do."""
        return self.before != self.after


def upgrade_store(location: str, *, dry_run: bool = False) -> Upgraded:
    """Bring a store up to this version, or rehearse it: all steps are taken and none is kept.

    An empty database on PostgreSQL is made a store, and furnished. StoreUnavailable("store-not-found"),
    StoreDamaged("not-a-store", "store-newer", "migration-failed").
    """
    try:
        before: str | None = version_at(location)
    except StoreUnavailable as error:
        if error.code != "store-empty":
            raise
        before = None
    place = place_of(location)
    if before is not None and before > SCHEMA_VERSION:
        raise StoreDamaged("store-newer", store=place, found=before, known=SCHEMA_VERSION)
    if before != SCHEMA_VERSION:
        from socrekry.store.migrate import create  # half a second, and nothing to do for most

        at = location if is_url(location) else path_of(location)

        def finish(connection: Any) -> None:
            store = store_on(at, connection)
            if before is None:
                _furnish(store)
            else:
                bring_along(store)

        create(at, keep=not dry_run, finish=finish)
    return Upgraded(place, before, SCHEMA_VERSION)


def bring_along(store: Store) -> None:
    """Make of an older store's rows what this version keeps beside them, as a part of the upgrade."""
    from socrekry.services.duplicates import fill_keys  # few stores are ever older than their program

    rebuild(store)
    fill_keys(store)


def _furnish(store: Store) -> None:
    """Furnish a new store in the transaction that makes it, unless somebody else has made it meanwhile."""
    from socrekry.services.founding import furnish

    if not store.rows("programme.pipeline_names"):
        furnish(store)
