"""Words of a row – reasons, the texts of facts – that wait for their numbers.

The log points to words by number, and a number is given when a batch of rows is written. Until then each has
a number below 0, by its place among the row's: so rows that differ in their words alone go the same course.
"""

from datetime import date
from typing import Any, NamedTuple

from socrekry.domain.events import Event
from socrekry.services.writing import require_words

_FIELDS = ("reason", "text", "seen_by")


class Remark(NamedTuple):
    """Some words: of what kind, and the day they are about."""

    kind: str
    text: str
    on: date


class WaitingWords:
    """The words of one row, in the order in which they are said."""

    def __init__(self) -> None:
        self.remarks: list[Remark] = []

    def keep(self, kind: str, text: str | None, on: date) -> int | None:
        """Take some words and return what stands for their number; InvalidInput as `Writing.remark`."""
        if not text:
            return None
        require_words(kind, text)
        self.remarks.append(Remark(kind, text, on))
        return -len(self.remarks)


def numbered(event: Event, numbers: range) -> Event:
    """Return an event that points to its words by their numbers."""
    changes: dict[str, Any] = {
        field: numbers[-number - 1]
        for field in _FIELDS
        if (number := getattr(event, field, None)) is not None and number < 0
    }
    return event._replace(**changes) if changes else event
