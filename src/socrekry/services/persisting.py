"""Keep at it where nothing but the store stands in the way: a deadlock, a server that fails over.

What was undone by the store can be done again, as long as it is asked anew inside the new transaction. What
may have been kept when the connection broke is looked for first: doing that twice would be worse than an
error. Both end in time, so that nobody sits before a command that never answers.
"""

import random
import time
from collections.abc import Callable
from typing import TypeVar

from socrekry.domain.errors import StoreUnavailable
from socrekry.store.connect import Store
from socrekry.store.failures import ConnectionLost, Contended
from socrekry.store.waiting import busy_seconds

CONTENDED_SECONDS = 10.0
"""How long two who stand in each other's way go on trying."""

T = TypeVar("T")


def persistently(store: Store, attempt: Callable[[], T]) -> T:
    """Return what an attempt gives that is a transaction of its own, tried again where that may help.

    Contended after ten seconds; ConnectionLost where no server answers for as long as one waits for a lock.
    """
    if store.within_transaction:  # of which this is a part: whoever began it would have to begin again
        return attempt()
    began, times = time.monotonic(), 0
    while True:
        times += 1
        try:
            return attempt()
        except Contended:
            if time.monotonic() - began > CONTENDED_SECONDS:
                raise
            _pause(times)
        except ConnectionLost as lost:
            if lost.while_committing or time.monotonic() - began > busy_seconds():
                raise
            reconnected(store, lost)


def settled(store: Store, lost: ConnectionLost, look: Callable[[], T]) -> T:
    """Return what ``look`` finds in the store after a connection broke at the commit; else raise ``lost``.

    It looks when it is alone in the store: whatever was still under way has ended by then.
    """

    def looked() -> T:
        store.reconnect()
        with store.transaction(keep=False):
            return look()

    return _answered(lost, looked)


def reconnected(store: Store, lost: ConnectionLost) -> None:
    """Connect anew, for as long as one waits for a lock; then raise what was ``lost``."""
    _answered(lost, store.reconnect)


def _answered(lost: ConnectionLost, ask: Callable[[], T]) -> T:
    """Ask until the store answers, for as long as one waits for a lock; then raise what was ``lost``."""
    began, times = time.monotonic(), 0
    while True:
        times += 1
        try:
            return ask()
        except StoreUnavailable:
            if time.monotonic() - began > busy_seconds():
                raise lost from None
            _pause(times)


def _pause(times: int) -> None:
    """Wait a moment, longer each time and never as long as another who waits."""
    longest = 0.005 * 2 ** min(times, 7)
    time.sleep(random.uniform(0.5, 1.0) * longest)  # noqa: S311 – so that two do not meet again
