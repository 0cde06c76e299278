"""A candidacy: a list of events, folded into where it stands.

`fold` is the only way from events to state, for a move just decided, an undo, a correction and the
proof that the caches agree with the log alike. An undone event never counted; a corrected one
counts on its mended day. So an undo gives back the *actual* previous state, whatever it was.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from socrekry.domain.events import (
    Assigned,
    Closed,
    Corrected,
    Entry,
    Event,
    FactRecorded,
    FactWithdrawn,
    Moved,
    Opened,
    Paused,
    Ranked,
    Reopened,
    Resumed,
    Transferred,
    Unassigned,
    Undone,
)
from socrekry.domain.facts import Fact
from socrekry.domain.pipeline import Pipeline

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
        return next((each.staff for each in self.assignments if each.role == role and each.to_on is None), None)


def standing_entries(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the entries that count, in order: none that was undone, each on its corrected day."""
    kept = tuple(entries)
    undone = {seq for entry in kept if isinstance(entry.event, Undone) for seq in entry.event.seqs}
    corrected = {
        entry.event.target: entry.event.on
        for entry in kept
        if isinstance(entry.event, Corrected) and entry.seq not in undone
    }
    return tuple(
        entry._replace(occurred_on=corrected[entry.seq]) if entry.seq in corrected else entry
        for entry in kept
        if entry.seq not in undone and not isinstance(entry.event, Undone)
    )


def fold(pipeline: Pipeline, entries: Iterable[Entry]) -> Candidacy:
    """Return where a candidacy stands after ``entries`` (its whole log, in order of ``seq``)."""
    every = tuple(entries)
    standing = standing_entries(every)
    folding = _Folding(pipeline)
    for entry in standing:
        folding.apply(entry)
    return folding.candidacy(every, standing)


class _Folding:
    """The running account while events are folded."""

    def __init__(self, pipeline: Pipeline) -> None:
        self.pipeline = pipeline
        self.state, self.stage, self.outcome = VOID, "", None
        self.cohort, self.unit = 0, None
        self.stays: list[Stay] = []
        self.facts: dict[str, Fact] = {}
        self.assignments: list[Assignment] = []
        self.pause: Pause | None = None
        self.rank: int | None = None
        self.last_move_on: date | None = None

    state: str
    outcome: str | None
    unit: int | None

    def candidacy(self, every: tuple[Entry, ...], standing: tuple[Entry, ...]) -> Candidacy:
        stages = {stage.name: stage for stage in self.pipeline.stages}
        return Candidacy(
            entries=every,
            standing=standing,
            state=self.state,
            stage=self.stage,
            cohort=self.cohort,
            unit=self.unit,
            outcome=self.outcome,
            stays=tuple(self.stays),
            facts=tuple(self.facts.values()),
            assignments=tuple(self.assignments),
            pause=self.pause,
            rank=self.rank,
            last_move_on=self.last_move_on,
            seated=any(stages[stay.stage].takes_seat for stay in self.stays),
            supervised=self.state == OPEN and stages[self.stage].supervised,
        )

    def apply(self, entry: Entry) -> None:
        apply = _APPLY.get(type(entry.event))
        if apply is not None:
            apply(self, entry.event, entry)

    def _day(self, entry: Entry) -> date:
        assert entry.occurred_on is not None, "only an undo and a correction have no day"
        return entry.occurred_on

    def _enter(self, stage: str, entry: Entry) -> None:
        first = all(stay.stage != stage for stay in self.stays)
        self.stays.append(Stay(stage, self._day(entry), entry.seq, first))
        kind = self.pipeline.stage(stage)
        self.state = OPEN if kind.kind == OPEN else kind.kind
        self.outcome = kind.outcome
        self.stage, self.last_move_on = stage, self._day(entry)

    def _leave(self, entry: Entry, left: str, outcome: str | None, by: str | None, reason: int | None) -> None:
        day = self._day(entry)
        self._end_pause(day)
        self.stays[-1] = self.stays[-1]._replace(
            left_on=day, left_seq=entry.seq, left=left, outcome=outcome, by=by, reason=reason
        )
        self.last_move_on = day

    def _end_pause(self, day: date) -> None:
        if self.pause is not None:
            days = max(0, (min(day, self.pause.until) - self.pause.from_on).days)
            self.stays[-1] = self.stays[-1]._replace(paused_days=self.stays[-1].paused_days + days)
            self.pause = None

    def opened(self, event: Opened, entry: Entry) -> None:
        self.cohort, self.unit = event.cohort, event.unit
        self._enter(event.stage, entry)

    def moved(self, event: Moved, entry: Entry) -> None:
        source, target = self.pipeline.stage(event.source), self.pipeline.stage(event.target)
        left = ASIDE if not target.main else ONWARD if target.order > source.order else BACK
        self._leave(entry, left, None, None, event.reason)
        self.rank = event.rank
        self._enter(event.target, entry)
        if self.state == LOST:
            self.stays[-1] = self.stays[-1]._replace(left=ENDED, left_on=self._day(entry), left_seq=entry.seq)
            self.stays[-1] = self.stays[-1]._replace(outcome=self.outcome, reason=event.reason)

    def closed(self, event: Closed, entry: Entry) -> None:
        self._leave(entry, ENDED, event.outcome, event.by, event.reason)
        self.state, self.outcome, self.rank = LOST, event.outcome, None

    def reopened(self, event: Reopened, entry: Entry) -> None:
        self._enter(event.stage, entry)

    def recorded(self, event: FactRecorded, entry: Entry) -> None:
        self.facts.pop(event.fact, None)
        self.facts[event.fact] = Fact(
            event.fact, event.value, self._day(entry), entry.seq, event.text, event.seen_by
        )

    def withdrawn(self, event: FactWithdrawn, entry: Entry) -> None:
        self.facts.pop(event.fact, None)

    def assigned(self, event: Assigned, entry: Entry) -> None:
        self._end_assignment(event.role, self._day(entry))
        self.assignments.append(Assignment(event.role, event.staff, entry.seq, self._day(entry)))

    def unassigned(self, event: Unassigned, entry: Entry) -> None:
        self._end_assignment(event.role, self._day(entry))

    def _end_assignment(self, role: str, day: date) -> None:
        self.assignments = [
            each._replace(to_on=day) if each.role == role and each.to_on is None else each
            for each in self.assignments
        ]

    def paused(self, event: Paused, entry: Entry) -> None:
        self._end_pause(self._day(entry))
        self.pause = Pause(self._day(entry), event.until, event.reason)
        self.last_move_on = self._day(entry)

    def resumed(self, event: Resumed, entry: Entry) -> None:
        self._end_pause(self._day(entry))
        self.last_move_on = self._day(entry)

    def transferred(self, event: Transferred, entry: Entry) -> None:
        self.cohort, self.unit = event.cohort, event.unit
        self.last_move_on = self._day(entry)

    def ranked(self, event: Ranked, entry: Entry) -> None:
        self.rank = event.rank


_APPLY = {
    Opened: _Folding.opened,
    Moved: _Folding.moved,
    Closed: _Folding.closed,
    Reopened: _Folding.reopened,
    FactRecorded: _Folding.recorded,
    FactWithdrawn: _Folding.withdrawn,
    Assigned: _Folding.assigned,
    Unassigned: _Folding.unassigned,
    Paused: _Folding.paused,
    Resumed: _Folding.resumed,
    Transferred: _Folding.transferred,
    Ranked: _Folding.ranked,
}


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


def with_events(
    pipeline: Pipeline, candidacy: Candidacy, events: Iterable[tuple[date | None, Event]]
) -> Candidacy:
    """Return where the candidacy would stand if these events followed, numbered from its head.

    Their command and time of recording are left empty: they are the store's to give.
    """
    head = candidacy.head
    new = tuple(Entry(head + n, 0, on, "", event) for n, (on, event) in enumerate(events, 1))
    return fold(pipeline, candidacy.entries + new)
