"""A candidacy: where it stands, as its events say.

These are values only; `folding` makes them of events, and nothing else does.
"""

from datetime import date, timedelta
from typing import NamedTuple

from socrekry.domain.events import Entry
from socrekry.domain.facts import Fact

VOID, OPEN, WON, LOST = "void", "open", "won", "lost"
ONWARD, ASIDE, BACK, ENDED = "onward", "aside", "back", "ended"


class Stay(NamedTuple):
    """A visit to one stage, from the day it was entered to the day it was left (None: still there).

    ``left`` says how: onward (to a later stage of the main path), aside (to one beside it), back, or
    ended (closed, with ``outcome``, ``by`` and ``reason``). ``first`` marks the first visit to that
    stage. ``paused_days`` are the days of it that do not count.
    """

    stage: str
    entered_on: date
    entered_seq: int
    first: bool
    left_on: date | None = None
    left_seq: int | None = None
    left: str | None = None
    outcome: str | None = None
    by: str | None = None
    reason: int | None = None
    paused_days: int = 0

    @property
    def days(self) -> int | None:
        """The days that it took, those of a pause left out; None while it lasts."""
        return None if self.left_on is None else (self.left_on - self.entered_on).days - self.paused_days


class Assignment(NamedTuple):
    """Who was supervisor or mentor, from when to when (None: still)."""

    role: str
    staff: int
    seq: int
    from_on: date
    to_on: date | None = None


class Pause(NamedTuple):
    """A rest that runs: from a day until another (exclusive)."""

    from_on: date
    until: date
    reason: str


class Candidacy(NamedTuple):
    """Where a candidacy stands after its events."""

    entries: tuple[Entry, ...] = ()
    standing: tuple[Entry, ...] = ()
    state: str = VOID
    stage: str = ""
    cohort: int = 0
    unit: int | None = None
    outcome: str | None = None
    stays: tuple[Stay, ...] = ()
    facts: tuple[Fact, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    pause: Pause | None = None
    rank: int | None = None
    last_move_on: date | None = None
    seated: bool = False
    supervised: bool = False

    @property
    def head(self) -> int:
        """The sequence number of the last event, 0 before the first."""
        return self.entries[-1].seq if self.entries else 0

    @property
    def holds_seat(self) -> bool:
        """Whether it holds a seat: taken at the seat's stage, and freed only by a lost outcome."""
        return self.seated and self.state in (OPEN, WON)

    @property
    def entered_on(self) -> date | None:
        """The day it came to its present stage."""
        return self.stays[-1].entered_on if self.stays else None

    def is_paused(self, on: date) -> bool:
        """Whether it rests on that day."""
        return self.pause is not None and self.pause.from_on <= on < self.pause.until

    def fact(self, name: str) -> Fact | None:
        """Return the fact of that name that stands in this log, or None."""
        return next((fact for fact in self.facts if fact.name == name), None)

    def assigned(self, role: str) -> int | None:
        """Return who is assigned in that role now, or None."""
        return next(
            (each.staff for each in self.assignments if each.role == role and each.to_on is None), None
        )


def due_on(candidacy: Candidacy, longest_stay: int | None) -> date | None:
    """Return the last day that the present stage expects the candidacy to stay, pauses left out.

    ``longest_stay`` is in days; None (the stage expects nothing) gives None, as does a candidacy
    that is not open.
    """
    if longest_stay is None or candidacy.state != OPEN or not candidacy.stays:
        return None
    stay = candidacy.stays[-1]
    rest = (candidacy.pause.until - candidacy.pause.from_on).days if candidacy.pause else 0
    return stay.entered_on + timedelta(days=longest_stay + stay.paused_days + rest)
