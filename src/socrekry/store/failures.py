"""The engines' errors, in our own words: what is the user's to mend, and what only a bug can cause.

Each engine translates what its driver raises; whoever uses a store knows these alone, whichever engine it
is on. An error that only a bug can cause stays as the driver raised it.
"""

from typing import Any

from socrekry.domain.errors import Refused, StoreUnavailable


class Duplicate(Exception):
    """A row would break a uniqueness or a reference; the service that wrote it knows which."""


class OutOfSight(Refused):
    """Row security refuses a row: its writer may not see whose it is, or could not see it any more."""

    def __init__(self, **details: Any) -> None:
        super().__init__("out-of-sight", **details)


class Contended(StoreUnavailable):
    """Two transactions stood in each other's way, and this one was undone: it may be tried again."""

    def __init__(self, **details: Any) -> None:
        super().__init__("store-busy", **details)


class ConnectionLost(StoreUnavailable):
    """The connection broke; what was under way is undone, unless it broke ``while_committing``."""

    def __init__(self, *, while_committing: bool = False, **details: Any) -> None:
        super().__init__("commit-unknown" if while_committing else "connection-lost", **details)
        self.while_committing = while_committing
