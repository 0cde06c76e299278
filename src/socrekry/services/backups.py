"""Keep a store in a file of its own: a SQLite store, whichever engine it comes from, that anybody can open.

It is written beside its place, read again from the first page to the last log, and only then given its
name: a file that bears it is a whole backup. Nothing is left of one that failed.
"""

import os
from typing import NamedTuple

from socrekry.domain.errors import InvalidInput, Refused, StoreDamaged
from socrekry.services.copying import copy
from socrekry.services.proving import Counts, Findings, counts, examined, require_every_table, require_whole
from socrekry.services.watching import Watch
from socrekry.store.connect import SCHEMA_VERSION, schema_version, store_at, version_at
from socrekry.store.drafts import draft_for
from socrekry.store.location import is_url, on_postgresql, path_of, place_of
from socrekry.store.network_disks import for_a_file_nobody_knows
from socrekry.store.sqlite.connection import without_waiting
from socrekry.store.sqlite.pages import copy_file


class BackedUp(NamedTuple):
    """Which store was kept in which file, and how much it holds; defects are those of the store."""

    file: str
    store: str
    engine: str
    holds: Counts
    size: int
    findings: Findings


def file_named(file: str) -> str:
    """Return the path of a backup, there or not. InvalidInput("file-needed") for what can be no file."""
    path = file if is_url(file) else os.path.realpath(path_of(file))
    if is_url(file) or (os.path.exists(path) and not os.path.isfile(path)):
        raise InvalidInput("file-needed", place=place_of(file))
    return path


def place_for(location: str, file: str) -> str:
    """Return the path for a backup of the store at a place, or say at once why there can be none.

    InvalidInput("file-needed"); Refused("backup-onto-itself"); StoreUnavailable and StoreDamaged as
    `open_store`, but a file of an older schema may be kept as it is.
    """
    version, path = version_at(location), file_named(file)
    if version > SCHEMA_VERSION:
        raise StoreDamaged("store-newer", store=place_of(location), found=version, known=SCHEMA_VERSION)
    if os.path.exists(path) and not is_url(location) and os.path.samefile(path, path_of(location)):
        raise Refused("backup-onto-itself", path=path)
    return path


def back_up(location: str, file: str, *, replace: bool = False, watch: Watch | None = None) -> BackedUp:
    """Keep the store at a place in a file, which is there at the end or not at all; errors as `place_for`.

    Refused("file-exists") unless it is to be replaced; StoreUnavailable("place-unwritable");
    StoreDamaged("store-damaged", "store-incomplete") for a store that cannot be kept, and
    ("backup-of-defects") where an earlier backup would be replaced by one of a store with defects.
    """
    path, place, watch = place_for(location, file), place_of(location), watch or Watch()
    is_there = os.path.exists(path)
    if is_there and not replace:
        raise Refused("file-exists", path=path)
    with draft_for(path, replace=replace) as draft:
        # The file is flushed as a whole before it takes its place; until then nobody else knows of it.
        with without_waiting(), for_a_file_nobody_knows():
            findings = _written(location, draft, watch)
        with store_at(draft, writing=False) as kept:
            holds = counts(kept)
        size = os.path.getsize(draft)
        if findings.number and is_there:
            raise StoreDamaged("backup-of-defects", path=path, store=place, found=findings.number)
    engine = "postgresql" if on_postgresql(location) else "sqlite"
    return BackedUp(path, place, engine, holds, size, findings)


def _written(location: str, draft: str, watch: Watch) -> Findings:
    """Write the store at a place into a draft, read that again, and return what is wrong with it."""
    if on_postgresql(location):
        findings = copy(location, draft, watch).findings
        require_whole(draft, place_of(location))
        return findings
    path = path_of(location)
    before = _counted(path)
    copy_file(path, draft, lambda done, of: watch.at("pages", done, of))
    after = _counted(path)
    require_whole(draft, path)
    with store_at(draft, writing=False) as kept:
        held = counts(kept)
        if not all(low <= found <= high for low, found, high in zip(before, held, after, strict=True)):
            raise StoreDamaged("copy-differs", store=path, part="event")
        return examined(kept, watch)


def _counted(path: str) -> Counts:
    with store_at(path, writing=False) as store:
        if schema_version(store) == SCHEMA_VERSION:
            require_every_table(store)
        return counts(store)
