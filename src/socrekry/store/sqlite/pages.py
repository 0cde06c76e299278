"""Copy a SQLite file page by page, as of one moment, while others use it; or replace what is in theirs.

SQLite's own backup is what does it. It copies some pages at a time, and begins again where somebody has
written in between: after some times, writers wait until it is done. What is put *into* a file in use is one
transaction of that file: whoever has it open sees all of it or what was there before.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from time import monotonic

from socrekry.domain.errors import StoreDamaged, StoreUnavailable
from socrekry.store.drafts import draft_for
from socrekry.store.sqlite.connection import connected, translated
from socrekry.store.waiting import busy_seconds

AT_A_TIME = 1_000  # pages of 4 KB: writers get a turn every few milliseconds
DISTURBED = 3
_PAUSE = 0.02  # seconds before the next try, where somebody else has the file
_OK = (sqlite3.SQLITE_OK, sqlite3.SQLITE_DONE)
Told = Callable[[int, int], None]
"""Is told how many pages are done, of how many."""


def copy_file(path: str, target: str, told: Told | None = None) -> None:
    """Copy the store in a file to another file, which is empty. StoreUnavailable, StoreDamaged."""
    with closing(connected(path, writing=False)) as source, closing(connected(target, writing=True)) as into:
        try:
            _copy_pages(source, into, _Steps(told, path, patience=DISTURBED), path, target)
        except _Disturbed:
            with _held(source, path):
                _copy_pages(source, into, _Steps(told, path), path, target)


def replace_content(path: str, incoming: str, kept_at: str, told: Told | None = None) -> None:
    """Put what is in another file into the store at ``path``, whose content until now is kept in a file.

    Nobody else reads or writes meanwhile: nothing that was written is in neither of the two. StoreUnavailable
    where it is busy, full or cannot be written: it is then as it was.
    """
    with closing(connected(path, writing=True)) as store:
        try:
            # The lock stays between the two: a backup into a file cannot be a part of a transaction.
            store.execute("PRAGMA locking_mode = EXCLUSIVE")
            store.execute("BEGIN EXCLUSIVE")
            store.execute("COMMIT")
        except sqlite3.Error as error:
            raise translated(error, path) from error
        with draft_for(kept_at, replace=False) as draft, closing(connected(draft, writing=True)) as kept:
            _copy_pages(store, kept, _Steps(None, path), path, kept_at)
        with closing(connected(incoming, writing=False)) as source:
            _copy_pages(source, store, _Steps(told, path), incoming, path)


class _Disturbed(Exception):
    """Others have written so often that a copy of their file comes to no end."""


class _Steps:
    """What a backup is told after each step: how far it is, and when to give up."""

    def __init__(self, told: Told | None, path: str, patience: int | None = None) -> None:
        self._told, self._path, self._patience = told, path, patience
        self._left: int | None = None
        self._since = monotonic()

    def __call__(self, status: int, left: int, pages: int) -> None:
        if status not in _OK:
            if monotonic() - self._since > busy_seconds():
                raise StoreUnavailable("store-busy", store=self._path)
            return
        self._since = monotonic()
        begun_again = self._left is not None and left >= self._left
        self._left = left
        if begun_again and self._patience is not None:
            self._patience -= 1
            if not self._patience:
                raise _Disturbed
        if self._told is not None:
            self._told(pages - left, pages)


def _copy_pages(
    source: sqlite3.Connection, target: sqlite3.Connection, steps: _Steps, path: str, target_path: str
) -> None:
    try:
        source.backup(target, pages=AT_A_TIME, progress=steps, sleep=_PAUSE)
    except sqlite3.Error as error:
        ours = translated(error, target_path)
        raise (translated(error, path) if isinstance(ours, StoreDamaged) else ours) from error


@contextmanager
def _held(source: sqlite3.Connection, path: str) -> Iterator[None]:
    """Have writers wait: whoever reads holds them up when they would commit."""
    try:
        source.execute("BEGIN")
        source.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
    except sqlite3.Error as error:
        raise translated(error, path) from error
    try:
        yield
    finally:
        source.rollback()
