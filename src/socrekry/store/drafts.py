"""A store's file written beside its place: it takes the place when all of it is there and on the disk.

The file belongs to its user alone, whatever the umask. A journal that an earlier file of that name has left
behind would be taken for the new one's, and undo what was never done in it: no file is put beside one.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from socrekry.domain.errors import Refused, StoreUnavailable

_JOURNALS = ("-journal", "-wal")
_NEW = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_BINARY", 0)


def require_no_journal(path: str) -> None:
    """Raise Refused("journal-beside") where a journal lies beside the place of a store."""
    for ending in _JOURNALS:
        if os.path.exists(path + ending):
            raise Refused("journal-beside", store=path, journal=path + ending)


@contextmanager
def draft_for(path: str, *, replace: bool) -> Iterator[str]:
    """Give an empty file to write a store into, which takes its place at ``path`` at the end.

    On an error nothing is left of it. Refused("file-exists") where there is one, unless it is to be replaced;
    Refused("journal-beside"); StoreUnavailable("place-unwritable").
    """
    require_no_journal(path)
    draft = f"{path}.{os.urandom(4).hex()}.part"
    try:
        os.close(os.open(draft, _NEW, 0o600))
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        yield draft
        try:
            _put_in_place(draft, path, replace=replace)
        except OSError as error:
            raise _unwritable(path, error) from error
    finally:
        for each in (draft, *(draft + ending for ending in _JOURNALS)):
            with suppress(FileNotFoundError):
                os.remove(each)


@contextmanager
def set_aside(path: str, kept_at: str) -> Iterator[None]:
    """Give a damaged store's file another name as well, and its journal with it: another can take its place.

    On an error its journal is put back. StoreUnavailable("place-unwritable").
    """
    journals = [ending for ending in _JOURNALS if os.path.exists(path + ending)]
    try:
        _also_called(path, kept_at)
        for ending in journals:
            os.replace(path + ending, kept_at + ending)
    except OSError as error:
        raise _unwritable(kept_at, error) from error
    try:
        yield
    except BaseException:
        for ending in journals:
            os.replace(kept_at + ending, path + ending)
        os.remove(kept_at)
        raise


def _also_called(path: str, name: str) -> None:
    try:
        os.link(path, name)
    except FileExistsError:
        raise
    except OSError:  # no hard links here
        with open(path, "rb") as source, open(os.open(name, _NEW, 0o600), "wb") as copy:
            shutil.copyfileobj(source, copy)
            copy.flush()
            os.fsync(copy.fileno())
    os.chmod(name, 0o600)


def _put_in_place(draft: str, path: str, *, replace: bool) -> None:
    """Give the draft its name, once all of it is on the disk, and the name as well."""
    with open(draft, "rb+") as file:
        os.fsync(file.fileno())
    if not replace and os.path.lexists(path):
        raise Refused("file-exists", path=path)
    os.replace(draft, path)
    if os.name != "nt":  # where a folder is no file that could be flushed
        folder = os.open(os.path.dirname(path), os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _unwritable(path: str, error: OSError) -> StoreUnavailable:
    return StoreUnavailable("place-unwritable", path=path, reason=error.strerror or str(error))
