"""The drivers' errors, in our own words: what is the user's to mend, and what only a bug can cause."""

from socrekry.domain.errors import StoreDamaged, StoreUnavailable


class Duplicate(Exception):
    """A row would break a uniqueness or a reference; the service that wrote it knows which."""


_UNAVAILABLE = {
    "SQLITE_BUSY": "store-busy",
    "SQLITE_LOCKED": "store-busy",
    "SQLITE_READONLY": "store-read-only",
    "SQLITE_FULL": "store-full",
    "SQLITE_IOERR": "store-unreadable",
    "SQLITE_CANTOPEN": "store-unreachable",
    "SQLITE_PERM": "store-unreachable",
    "SQLITE_AUTH": "store-unreachable",
}
# A quota or a limit on the size of files is not called a full disk by SQLite.
_UNWRITABLE = {"SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC", "SQLITE_IOERR_DIR_FSYNC", "SQLITE_IOERR_TRUNCATE"}
_DAMAGED = {"SQLITE_NOTADB": "not-a-store", "SQLITE_CORRUPT": "store-damaged"}


def translated(error: BaseException, location: str = "") -> Exception:
    """Return the driver's error in our words; one that only a bug can cause stays as it is."""
    name = str(getattr(error, "sqlite_errorname", ""))
    kind = "_".join(name.split("_")[:2])
    if kind == "SQLITE_CONSTRAINT":
        return Duplicate(str(error))
    if name in _UNWRITABLE:
        return StoreUnavailable("store-unwritable", store=location, reason=str(error))
    if kind in _UNAVAILABLE:
        return StoreUnavailable(_UNAVAILABLE[kind], store=location, reason=str(error))
    if kind in _DAMAGED:
        return StoreDamaged(_DAMAGED[kind], store=location, reason=str(error))
    return error if isinstance(error, Exception) else RuntimeError(str(error))
