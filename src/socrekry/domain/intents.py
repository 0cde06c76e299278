"""What a user may want to do with a candidacy: one frozen type for each intention.

Texts and names are already kept when an intent is made: it points to them by number.
"""

from datetime import date
from typing import NamedTuple


class Open(NamedTuple):
    """Begin a candidacy in a cohort."""

    cohort: int
    unit: int | None = None
    imported: bool = False


class Advance(NamedTuple):
    """Move to a stage; without one, to the next on the main path."""

    to: str | None = None
    reason: int | None = None
    override: int | None = None
    imported: bool = False


class Reserve(NamedTuple):
    """Put on the waiting list, or set the place in it."""

    rank: int | None = None
    reason: int | None = None


class Close(NamedTuple):
    """End without a hire."""

    outcome: str
    by: str | None = None
    reason: int | None = None
    imported: bool = False


class Reopen(NamedTuple):
    """Take up again at the stage where it was closed."""


class Record(NamedTuple):
    """Note a fact."""

    fact: str
    value: str | None = None
    text: int | None = None
    seen_by: int | None = None


class WithdrawFact(NamedTuple):
    """Note that a fact does not stand."""

    fact: str


class Assign(NamedTuple):
    """Give it a supervisor or mentor."""

    role: str
    staff: int


class Unassign(NamedTuple):
    """Leave it without one."""

    role: str


class Transfer(NamedTuple):
    """Put it in another cohort or unit of the same pipeline."""

    cohort: int
    unit: int | None = None


class Pause(NamedTuple):
    """Let it rest until a day (exclusive)."""

    until: date
    reason: str


class Resume(NamedTuple):
    """End the rest."""


class Undo(NamedTuple):
    """Take back the last command that wrote to it, or exactly that command and no later one."""

    command: int | None = None


class SetAside(NamedTuple):
    """Take back all of it: her other candidacy in the same cohort is the same one."""


class TakeUp(NamedTuple):
    """Let one that was set aside count again: they were two persons."""


class Correct(NamedTuple):
    """Mend the day on which it came to a stage (the intent's day is the right one)."""

    stage: str


Intent = (
    Open
    | Advance
    | Reserve
    | Close
    | Reopen
    | Record
    | WithdrawFact
    | Assign
    | Unassign
    | Transfer
    | Pause
    | Resume
    | Undo
    | SetAside
    | TakeUp
    | Correct
)

OUTCOMES = (
    "rejected",
    "not-eligible",
    "withdrawn",
    "declined",
    "discontinued",
    "no-reply",
    "position-filled",
)
PARTIES = ("candidate", "employer")
# Who ends it when nobody says: what the words themselves mean.
USUAL_PARTY = {
    "rejected": "employer",
    "not-eligible": "employer",
    "position-filled": "employer",
    "withdrawn": "candidate",
    "declined": "candidate",
    "no-reply": "candidate",
}
PAUSE_REASONS = ("leave", "studies", "other")
