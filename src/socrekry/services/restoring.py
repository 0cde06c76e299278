"""Put a backup back: into a new file, into the file of a store in use, or into an empty database.

The backup is proved before anything is touched, and is not touched itself: one from an older version is
brought up to date in a copy. A store that is there is kept beside, and then has its content replaced in one
transaction of its own: whoever has it open goes on, and whatever cuts it off leaves one or the other.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from tempfile import mkdtemp
from typing import NamedTuple

from socrekry.domain.errors import InvalidInput, Refused, StoreDamaged, StoreUnavailable
from socrekry.services.backups import file_named
from socrekry.services.copying import copy
from socrekry.services.proving import Counts, counts, examined, require_whole
from socrekry.services.upgrading import bring_along
from socrekry.services.watching import Watch
from socrekry.store.connect import SCHEMA_VERSION, schema_version, store_at, store_on
from socrekry.store.drafts import draft_for, require_no_journal, set_aside
from socrekry.store.location import is_url, path_of, place_of
from socrekry.store.sqlite.pages import copy_file, replace_content


class Restored(NamedTuple):
    """Which backup was put where, and what it holds.

    ``version`` is that of the backup's schema; ``kept`` the file that has what was in the store until then.
    """

    file: str
    store: str
    engine: str
    holds: Counts
    version: str
    kept: str | None


class Backup(NamedTuple):
    """A backup that can be put back, as far as a glance can tell: its path, and the version of its schema."""

    path: str
    version: str


def backup_at(file: str, location: str) -> Backup:
    """Return the backup in a file that may be put back at a place, or say at once why it cannot.

    InvalidInput("file-needed", "file-not-found"); Refused("journal-beside", "restore-onto-itself");
    StoreDamaged("not-a-store", "store-newer"); StoreUnavailable("store-half-copied").
    """
    path = file_named(file)
    if not os.path.exists(path):
        raise InvalidInput("file-not-found", path=path)
    if is_in_the_way(location) and os.path.samefile(path, path_of(location)):
        raise Refused("restore-onto-itself", path=path)
    require_no_journal(path)  # to open it would be to write to it
    with store_at(path, writing=False) as store:
        version = schema_version(store)
    if version > SCHEMA_VERSION:
        raise StoreDamaged("store-newer", store=path, found=version, known=SCHEMA_VERSION)
    return Backup(path, version)


def is_in_the_way(location: str) -> bool:
    """Tell whether there is a file whose content would be replaced."""
    return not is_url(location) and os.path.exists(path_of(location))


def restore(backup: Backup, location: str, now: datetime, watch: Watch | None = None) -> Restored:
    """Put a backup back as the store at a place.

    StoreDamaged("store-damaged", "restore-of-defects") where it is not whole,
    ("restore-differs") where what was put back is not; Refused("restore-needs-empty") for a database with
    anything in it; StoreUnavailable as `open_store`.
    """
    watch, place = watch or Watch(), place_of(location)
    folder = None if is_url(location) else _folder_of(place)
    with _up_to_date(backup, folder) as path:
        holds = _proved(path, backup.path, watch)
        if is_url(location):
            _into_database(path, location, watch)
            return Restored(backup.path, place, "postgresql", holds, backup.version, None)
        kept = _into_file(path, place, now, watch)
    _require_restored(place, holds, kept)
    return Restored(backup.path, place, "sqlite", holds, backup.version, kept)


def _folder_of(path: str) -> str:
    folder = os.path.dirname(path)
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreUnavailable("place-unwritable", path=path, reason=reason) from error
    return folder


@contextmanager
def _up_to_date(backup: Backup, folder: str | None) -> Iterator[str]:
    """Give the path of the backup as this version has it: of a copy, where it is from an older one."""
    require_whole(backup.path, backup.path)
    if backup.version == SCHEMA_VERSION:
        yield backup.path
        return
    from socrekry.store.migrate import create

    room = mkdtemp(prefix=".socrekry-", dir=folder)  # its user's alone
    try:
        draft = os.path.join(room, "restored.db")
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL, 0o600))
        copy_file(backup.path, draft)
        create(draft, finish=lambda connection: bring_along(store_on(draft, connection)))
        yield draft
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _proved(path: str, file: str, watch: Watch) -> Counts:
    """Return what a backup holds, every part and every log of which is as it should be."""
    with store_at(path, writing=False) as store:
        findings = examined(store, watch)
        if findings.number:
            raise StoreDamaged("restore-of-defects", path=file, found=findings.number)
        return counts(store)


def _into_database(path: str, location: str, watch: Watch) -> None:
    try:
        copy(path, location, watch)
    except Refused as error:
        if error.code != "target-not-empty":
            raise
        raise Refused("restore-needs-empty", **error.details) from error


def _into_file(path: str, place: str, now: datetime, watch: Watch) -> str | None:
    """Put a backup into a file, new or in use; return where what was in it is kept."""

    def told(done: int, of: int) -> None:
        watch.at("pages", done, of)

    if not os.path.exists(place):
        with draft_for(place, replace=False) as draft:
            copy_file(path, draft, told)
        return None
    kept = _free_name(f"{place}.before-restore-{now:%Y%m%dT%H%M%SZ}")
    try:
        replace_content(place, path, kept, told)
    except StoreDamaged:  # what is there is in no state to take anything in
        with set_aside(place, kept), draft_for(place, replace=True) as draft:
            copy_file(path, draft, told)
    return kept


def _free_name(path: str) -> str:
    number, free = 1, path
    while os.path.lexists(free):
        number += 1
        free = f"{path}-{number}"
    return free


def _require_restored(place: str, expected: Counts, kept: str | None) -> None:
    """Raise StoreDamaged unless a store is whole and holds at least what was put into it."""
    require_whole(place, place)
    with store_at(place, writing=False) as store:
        if any(found < least for found, least in zip(counts(store), expected, strict=True)):
            raise StoreDamaged("restore-differs", store=place, kept=kept)
