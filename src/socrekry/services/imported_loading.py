"""Put finished rows into the store while the next ones are being made.

An engine works on its own once it has been given a statement, and so two go on at a time: the rows of one
batch are loaded by a thread of their own, while those of the next are read and decided. Rule: whoever asks
the store anything in between waits for that thread (`settle`), and no transaction ends before it; an
interruption would otherwise leave rows behind that came after the end.
"""

import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from typing import Self

from socrekry.store.connect import Store
from socrekry.store.loading import may_overlap

_TURNS = 0.0005
"""Seconds after which the thread that loads gets its turn; the usual ten times would have it mostly wait."""

Put = Callable[[], None]


class Loading:
    """What is to be put into the store: one batch under way, and one that is ready at most."""

    def __init__(self, store: Store) -> None:
        self._overlaps = may_overlap(store)
        self._ready: Put | None = None
        self._under_way: Future[None] | None = None
        self._loader: ThreadPoolExecutor | None = None
        self._turns = sys.getswitchinterval()

    def hand_over(self, put: Put) -> None:
        """Take a batch that is ready; what was ready before is put first."""
        if self._ready is not None:
            self.begin()
        self._ready = put

    def begin(self) -> None:
        """Begin to put what is ready; where two cannot go on at a time, put it now."""
        self.settle()
        put, self._ready = self._ready, None
        if put is None:
            return
        if not self._overlaps:
            put()
            return
        if self._loader is None:
            self._loader = ThreadPoolExecutor(1)
            sys.setswitchinterval(_TURNS)
        self._under_way = self._loader.submit(put)

    def settle(self) -> None:
        """Wait until nothing is under way; raise what went wrong there."""
        under_way, self._under_way = self._under_way, None
        if under_way is not None:
            try:
                under_way.result()
            except BaseException:
                self._under_way = under_way  # an interruption: it may still be under way
                raise

    def finish(self) -> None:
        """Put whatever there is to put."""
        self.begin()
        self.settle()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        """End the thread, however often somebody interrupts; what went wrong in it was told by `settle`."""
        while self._under_way is not None and not self._under_way.done():
            with suppress(KeyboardInterrupt):
                wait((self._under_way,))
        if self._loader is not None:
            self._loader.shutdown()
            sys.setswitchinterval(self._turns)
