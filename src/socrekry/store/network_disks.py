"""Whether a store's file would lie on a disk of the network, where two writers may both believe to be alone.

SQLite keeps writers apart by locks on the file. Over a network those are lost, granted twice or silently
missing, and a store that two machines write to at once is soon in pieces. So nothing is written there,
unless somebody who knows the disk says ``SOCREKRY_NETWORK_DISK=allow``. Every writing command asks, so asking
is cheap: on Linux one file is read, and on a machine without any such disk not even the path is looked at.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from socrekry.domain.errors import StoreUnavailable

VARIABLE = "SOCREKRY_NETWORK_DISK"
_nobody_else_writes = False
MOUNTS = "/proc/self/mountinfo"
# As Linux and macOS call them. Not 9p and virtiofs: what a virtual machine or a container sees of its own
# host may be called that, and its locks are good as long as nobody outside writes.
KINDS = frozenset({
    "afpfs", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "fhgfs", "fuse.ceph", "fuse.curlftpfs",
    "fuse.davfs2", "fuse.gcsfuse", "fuse.glusterfs", "fuse.gvfsd-fuse", "fuse.juicefs", "fuse.moosefs",
    "fuse.rclone", "fuse.s3fs", "fuse.seaweedfs", "fuse.sshfs", "glusterfs", "gpfs", "lustre", "ncpfs",
    "nfs", "nfs4", "orangefs", "pvfs2", "smb3", "smbfs", "webdav",
})  # fmt: skip
_MARKS = tuple(f" - {kind} ".encode() for kind in KINDS)
_REMOTE = 4  # what Windows' GetDriveTypeW says of a drive that is another machine's
_NAME_AT, _NAME_LENGTH = 72, 16  # of the kind, in what macOS' statfs fills


def refuse(path: str) -> None:
    """Raise StoreUnavailable("network-disk") for a path where nothing may be written."""
    kind = None if _nobody_else_writes else kind_of(path)
    if kind is not None and not is_allowed():
        raise StoreUnavailable("network-disk", store=path, kind=kind)


@contextmanager
def for_a_file_nobody_knows() -> Iterator[None]:
    """Let a file be written on any disk: one that nobody else writes to, as its name is still a secret."""
    global _nobody_else_writes  # noqa: PLW0603 – connections are opened deep inside what writes such a file
    _nobody_else_writes = True
    try:
        yield
    finally:
        _nobody_else_writes = False


def is_allowed() -> bool:
    """Tell whether somebody has said that a disk of the network will do."""
    return os.environ.get(VARIABLE, "").strip().lower() == "allow"


def kind_of(path: str) -> str | None:
    """Return what kind of network disk a path lies on; None for a disk of this machine's own."""
    if sys.platform == "win32":
        return on_windows(path, _drive_type)
    if sys.platform == "darwin":
        return _among_ours(on_macos(path))
    table = mounts()
    if not any(mark in table for mark in _MARKS):
        return None
    return _among_ours(mounted_on(table, os.path.realpath(path)))


def mounts() -> bytes:
    """Return Linux' table of what is mounted where; nothing where there is none."""
    try:
        with open(MOUNTS, "rb", buffering=0) as file:
            return file.read()
    except OSError:
        return b""


def mounted_on(table: bytes, path: str) -> str | None:
    """Return the kind of file system that a path lies on, by Linux' table; of two on one place the later."""
    found, longest, whole = b"", 0, os.fsencode(path)
    for line in table.splitlines():
        before, _, after = line.partition(b" - ")
        place = _unescaped(before.split(b" ", 5)[4])
        if len(place) >= longest and (whole == place or whole.startswith(place.rstrip(b"/") + b"/")):
            found, longest = after.partition(b" ")[0], len(place)
    return found.decode("ascii", "replace") or None


def on_windows(path: str, drive_type: Callable[[str], int]) -> str | None:
    """Return ``UNC`` for a path on another machine, ``network drive`` for a letter that stands for one."""
    import ntpath

    drive = ntpath.splitdrive(path)[0].upper().replace("/", "\\")
    if drive.startswith("\\\\?\\UNC") or (drive.startswith("\\\\") and drive[2:3] not in ("?", ".")):
        return "UNC"
    letter = drive.removeprefix("\\\\?\\")
    if letter in ("", "C:"):  # whatever else may be, this one is the machine's own
        return None
    return "network drive" if drive_type(f"{letter}\\") == _REMOTE else None


def on_macos(path: str) -> str | None:
    """Return the kind of file system that a path lies on; None where it is the machine's own disk."""
    while not os.path.exists(path) and os.path.dirname(path) != path:
        path = os.path.dirname(path)
    own = "/System/Volumes/Data"
    if not os.path.exists(own) or os.stat(path).st_dev == os.stat(own).st_dev:
        return None
    import ctypes

    told = ctypes.create_string_buffer(4096)
    system: Any = ctypes.CDLL(None)  # on an Intel Mac the plain name fills what was before 64 bits
    statfs = getattr(system, "statfs$INODE64", None) or system.statfs
    return named_in(told.raw) if statfs(os.fsencode(path), told) == 0 else None


def named_in(told: bytes) -> str:
    """Return the kind of file system from what macOS' statfs fills."""
    return told[_NAME_AT : _NAME_AT + _NAME_LENGTH].partition(b"\0")[0].decode("ascii", "replace")


def _drive_type(root: str) -> int:
    if sys.platform == "win32":
        import ctypes

        return int(ctypes.windll.kernel32.GetDriveTypeW(root))
    return 0


def _among_ours(kind: str | None) -> str | None:
    return kind if kind in KINDS else None


def _unescaped(place: bytes) -> bytes:
    if b"\\" in place:
        for octal, sign in ((b"040", b" "), (b"011", b"\t"), (b"012", b"\n"), (b"134", b"\\")):
            place = place.replace(b"\\" + octal, sign)
    return place
