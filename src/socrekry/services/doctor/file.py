"""A store in a file: the disk that it lies on, who may read it, and what lies beside it."""

import glob
import os
import shutil
import sqlite3
import time

from socrekry.domain.errors import SocrekryError, StoreUnavailable
from socrekry.services.doctor.contents import of_contents
from socrekry.services.doctor.findings import BAD, GOOD, LOOK, Finding, Surroundings, finding_of
from socrekry.services.doctor.rights import changeable_by_others, foreign_owner, open_to_others
from socrekry.store import network_disks
from socrekry.store.connect import store_at
from socrekry.store.location import path_of
from socrekry.store.sqlite.connection import may_be_written

_OLDEST = (3, 37, 0)  # that knows STRICT tables
_WAL_IS_SAFE = (3, 51, 3)
_WAITED = 2_000  # ms for somebody who is writing; a doctor has other things to tell
_DRAFT_IS_OLD = 3600  # s
_ROOM = 16_000_000  # bytes that a change needs beside the store's own size
_MUCH_ROOM = 512_000_000
# What may be this machine's own disk or another's: locks hold among those who see it in the same way.
_UNCLEAR = ("9p", "virtiofs", "vboxsf", "prl_fs", "vmhgfs", "fuse.vmhgfs-fuse", "fuse.grpcfuse", "drvfs")


def of_file(surroundings: Surroundings) -> tuple[list[Finding], SocrekryError | None]:
    """Return what is found of a store in a file, and the error that other commands end with."""
    path = path_of(surroundings.location)
    found = [engine(sqlite3.sqlite_version_info), disk(path), *_space(path)]
    if not os.path.isfile(path):
        missing = _not_there(path)
        return [*found, *leftovers(path), finding_of(missing)], missing
    found += rights(path)
    wal = _is_wal(path)
    found.append(journal(wal=wal, version=sqlite3.sqlite_version_info, path=path))
    refused = _refused(path, found)
    if wal:  # to read a file in that mode is to write beside it
        return [*found, *leftovers(path)], refused
    read, error = _read(path, surroundings)
    return [*found, *leftovers(path), *read], refused or error


def engine(version: tuple[int, ...]) -> Finding:
    """Judge the library."""
    return Finding("sqlite", GOOD if version >= _OLDEST else BAD, {"version": _dotted(version)})


def disk(path: str) -> Finding:
    """Judge the disk: on one of the network, locks do not hold."""
    kind = network_disks.kind_of(path)
    if kind is not None:
        details = {"store": path, "kind": kind}
        allowed = network_disks.is_allowed()
        return (
            Finding("network-disk-allowed", LOOK, details)
            if allowed
            else Finding("network-disk", BAD, details)
        )
    mounted = network_disks.mounted_on(network_disks.mounts(), os.path.realpath(path))
    code, verdict = ("disk-unclear", LOOK) if mounted in _UNCLEAR else ("disk", GOOD)
    return Finding(code, verdict, {"kind": mounted or "local"})


def _space(path: str) -> list[Finding]:
    folder = path
    while not os.path.isdir(folder) and os.path.dirname(folder) != folder:
        folder = os.path.dirname(folder)
    try:
        free = shutil.disk_usage(folder).free
        size = os.path.getsize(path) if os.path.isfile(path) else 0
    except OSError:
        return []
    return [space(free, size)]


def space(free: int, size: int) -> Finding:
    """Judge the room that is left: the largest change keeps the whole store in a journal beside it."""
    details = {"free_bytes": free, "size_bytes": size}
    if free < size + _ROOM:
        return Finding("space-short", BAD, details)
    return (
        Finding("space", GOOD, details)
        if free >= 4 * size + _MUCH_ROOM
        else Finding("space-scarce", LOOK, details)
    )


def rights(path: str) -> list[Finding]:
    """Judge who may read the store and its journal, and who may put another in its place."""
    found = [
        Finding("file-open", BAD, {"path": each, **mode})
        for each in (path, f"{path}-journal")
        if os.path.isfile(each) and (mode := open_to_others(each)) is not None
    ]
    folder = os.path.dirname(path)
    if (mode := changeable_by_others(folder)) is not None:
        found.append(Finding("folder-open", BAD, {"path": folder, **mode}))
    if (owner := foreign_owner(path)) is not None:
        found.append(Finding("file-foreign", LOOK, {"path": path, "owner": owner}))
    if not os.access(path, os.W_OK):
        found.append(Finding("file-read-only", LOOK, {"path": path}))
    return found or [Finding("file-rights", GOOD, {"path": path})]


def journal(*, wal: bool, version: tuple[int, ...], path: str) -> Finding:
    """Judge how changes are kept together: before SQLite 3.51.3 a WAL file can lose some when it is reset."""
    details = {"path": path, "version": _dotted(version), "synchronous": "FULL"}
    if not wal:
        return Finding("journal-rollback", GOOD, details)
    safe = version >= _WAL_IS_SAFE
    return Finding("journal-wal", GOOD, details) if safe else Finding("journal-wal-unsafe", BAD, details)


def leftovers(path: str) -> list[Finding]:
    """Find the drafts of stores that were never finished, once nobody can still be at work on them."""
    drafts = [
        each
        for pattern in ("*.new", "*.part")
        for each in sorted(glob.glob(f"{glob.escape(path)}.{pattern}"))
        if time.time() - os.path.getmtime(each) > _DRAFT_IS_OLD
    ]
    return [Finding("drafts", LOOK, {"paths": drafts, "n": len(drafts)})] if drafts else []


def _read(path: str, surroundings: Surroundings) -> tuple[list[Finding], SocrekryError | None]:
    """Return what is found in the file; the journal of a killed process is left to who may write."""
    beside = f"{path}-journal"
    journal = os.path.isfile(beside) and os.path.getsize(beside) > 0
    try:
        with store_at(path, writing=False) as store:
            store.engine_rows(f"PRAGMA busy_timeout = {_WAITED}")
            found, error = of_contents(store, surroundings.now, os.path.getsize(path))
    except SocrekryError as unreadable:
        found, error = [finding_of(unreadable)], unreadable
    if journal and error is None and os.path.isfile(beside):
        found.append(Finding("journal-in-use", GOOD, {"path": beside}))
    if journal and error is not None and error.code == "store-read-only" and may_be_written(path):
        return [Finding("journal-hot", LOOK, {"path": beside})], None
    return found, error


def _not_there(path: str) -> StoreUnavailable:
    code = "store-is-a-folder" if os.path.isdir(path) else "store-not-found"
    return StoreUnavailable(code, store=path)


def _refused(path: str, found: list[Finding]) -> StoreUnavailable | None:
    """Return the error that a command which writes would end with, though the store can be read."""
    refused = [finding for finding in found if finding.code == "network-disk"]
    return StoreUnavailable("network-disk", **refused[0].details) if refused else None


def _is_wal(path: str) -> bool:
    """Tell by its header whether a file is in WAL mode."""
    try:
        with open(path, "rb") as opened:
            return opened.read(20)[18:] == b"\2\2"
    except OSError:
        return False


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version[:3]))
