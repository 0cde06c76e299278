"""Bring an older store up to this version: all of the steps or none, and the file as it was if one fails."""

from typing import NamedTuple

from socrekry.domain.errors import StoreDamaged
from socrekry.store.connect import SCHEMA_VERSION, path_of, version_at


class Upgraded(NamedTuple):
    """Which store, the version of its schema before, and now."""

    store: str
    before: str
    after: str

    @property
    def changed(self) -> bool:
        """Whether there was anything to do."""
        return self.before != self.after


def upgrade_store(location: str, *, dry_run: bool = False) -> Upgraded:
    """Bring the store at a path up to this version, or rehearse it: all steps are taken and none is kept.

    StoreUnavailable("store-not-found"), StoreDamaged("not-a-store", "store-newer", "migration-failed").
    """
    before = version_at(location)
    if before > SCHEMA_VERSION:
        raise StoreDamaged("store-newer", store=path_of(location), found=before, known=SCHEMA_VERSION)
    if before < SCHEMA_VERSION:
        from socrekry.store.migrate import create  # half a second, and nothing to do for most

        create(path_of(location), keep=not dry_run)
    return Upgraded(path_of(location), before, SCHEMA_VERSION)
