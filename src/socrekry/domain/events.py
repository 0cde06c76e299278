"""What happened to a candidacy: one frozen, versioned type for each kind of event.

Events hold codes, dates, numbers and opaque ids, and nothing else. Free text and names live in rows
that can be erased; an event points to them by number (``reason``, ``text``, ``seen_by``), so that
erasing a person never breaks the chain of hashes over the log.
"""

from datetime import date
from typing import Any, NamedTuple


class Verdict(NamedTuple):
    """A guard's answer: met or not, why (``reason``, a code), and the facts it saw (JSON-able)."""

    guard: str
    met: bool
    overridable: bool
    reason: str
    facts: dict[str, Any]
    overridden: bool = False


class Opened(NamedTuple):
    """A candidacy began, in a cohort and at the pipeline's first stage."""

    stage: str
    cohort: int
    unit: int | None = None
    imported: bool = False


class Moved(NamedTuple):
    """It went from one stage to another; the verdicts are those of the transition's guards."""

    transition: str
    source: str
    target: str
    verdicts: tuple[Verdict, ...] = ()
    override: int | None = None
    reason: int | None = None
    rank: int | None = None
    imported: bool = False


class Closed(NamedTuple):
    """It ended without a hire: the outcome, at which stage, and on whose initiative."""

    outcome: str
    stage: str
    by: str | None = None
    reason: int | None = None
    imported: bool = False


class Reopened(NamedTuple):
    """A closed candidacy is open again, at the stage where it was closed."""

    stage: str


class FactRecorded(NamedTuple):
    """A fact was recorded; ``occurred_on`` is the day it was true or seen."""

    fact: str
    value: str | None = None
    text: int | None = None
    seen_by: int | None = None


class FactWithdrawn(NamedTuple):
    """A fact recorded by the event ``target`` (a sequence number) no longer stands."""

    fact: str
    target: int


class Assigned(NamedTuple):
    """A member of staff was assigned in a role, which ends the earlier assignment that day."""

    role: str
    staff: int


class Unassigned(NamedTuple):
    """An assignment ended, with nobody in its place."""

    role: str
    staff: int


class Paused(NamedTuple):
    """The candidacy rests until a day (exclusive); those days are left out of stay times."""

    until: date
    reason: str


class Resumed(NamedTuple):
    """The pause ended, on or before its last day."""


class Transferred(NamedTuple):
    """It went to another cohort or unit of the same pipeline."""

    cohort: int
    from_cohort: int
    unit: int | None = None
    from_unit: int | None = None


class Ranked(NamedTuple):
    """Its place in the waiting list was set."""

    rank: int | None = None


class Undone(NamedTuple):
    """The events with these sequence numbers never counted."""

    seqs: tuple[int, ...]


class Corrected(NamedTuple):
    """The event ``target`` (a sequence number) happened on another day than it said."""

    target: int
    on: date


Event = (
    Opened
    | Moved
    | Closed
    | Reopened
    | FactRecorded
    | FactWithdrawn
    | Assigned
    | Unassigned
    | Paused
    | Resumed
    | Transferred
    | Ranked
    | Undone
    | Corrected
)

VERSION = 1
KINDS: dict[str, type[Any]] = {
    "opened": Opened,
    "moved": Moved,
    "closed": Closed,
    "reopened": Reopened,
    "fact-recorded": FactRecorded,
    "fact-withdrawn": FactWithdrawn,
    "assigned": Assigned,
    "unassigned": Unassigned,
    "paused": Paused,
    "resumed": Resumed,
    "transferred": Transferred,
    "ranked": Ranked,
    "undone": Undone,
    "corrected": Corrected,
}
NAMES = {kind: name for name, kind in KINDS.items()}


class Entry(NamedTuple):
    """An event as the log keeps it: its place, whose command wrote it, and both its times.

    ``occurred_on`` is what the user says; ``recorded_at`` (UTC) is when the store learnt it.
    """

    seq: int
    command: int
    occurred_on: date | None
    recorded_at: str
    event: Event


def to_body(event: Event) -> dict[str, Any]:
    """Return an event's fields as JSON-able values, without those that say nothing and may be left out."""
    optional = event._field_defaults
    body = {
        name: value
        for name, value in event._asdict().items()
        if name not in optional or (value is not None and value is not False)
    }
    for name in ("until", "on"):
        if name in body:
            body[name] = body[name].isoformat()
    if "verdicts" in body:
        body["verdicts"] = [verdict._asdict() for verdict in event.verdicts]  # type: ignore[union-attr]
    return body


def from_body(kind: str, body: dict[str, Any]) -> Event:
    """Return the event that `to_body` was given. KeyError for a kind this version does not know."""
    fields = dict(body)
    for name in ("until", "on"):
        if name in fields:
            fields[name] = date.fromisoformat(fields[name])
    if "verdicts" in fields:
        fields["verdicts"] = tuple(Verdict(**verdict) for verdict in fields["verdicts"])
    if "seqs" in fields:
        fields["seqs"] = tuple(fields["seqs"])
    event: Event = KINDS[kind](**fields)
    return event
