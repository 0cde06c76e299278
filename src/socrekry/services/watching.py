"""Who is told how the moving of a store goes: how it was begun, and how far each stage of it has come."""

from typing import Literal

How = Literal["new", "resumed", "anew"]
"""Whether a copy begins, goes on with one that was cut off, or begins anew because its source has changed."""
Stage = Literal["pages", "copied", "compared", "followed"]
"""Pages of a file, rows that come over, rows that are compared, and logs that are followed."""


class Watch:
    """Somebody who watches; this one does not listen."""

    def began(self, how: How) -> None:
        """Hear that the target of a copy is being filled: from here on it can be gone on with."""

    def at(self, stage: Stage, done: int, of: int) -> None:
        """Hear how far a stage has come."""
