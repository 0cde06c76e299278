"""From a candidacy's events to where it stands.

`fold` is the only way there, for a move just decided, an undo, a correction and the proof that the
caches agree with the log alike. An undone event never counted; a corrected one counts on its mended
day. So an undo gives back the *actual* previous state, whatever it was. Where two persons were merged and
one candidacy of theirs was set aside by that, taking back the merge undoes an undoing.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from socrekry.domain.candidacy import (
    ASIDE,
    BACK,
    ENDED,
    LOST,
    ONWARD,
    OPEN,
    VOID,
    Assignment,
    Candidacy,
    Pause,
    Stay,
)
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


def standing_entries(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the entries that count, in order: none that was undone, each on its corrected day."""
    kept = tuple(entries)
    undone = undone_by(kept)
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


def undone_by(entries: Sequence[Entry]) -> dict[int, int]:
    """Return which entries never counted, each with the one that says so: an undoing that counts itself."""
    undone: dict[int, int] = {}
    for entry in reversed(entries):
        if isinstance(entry.event, Undone) and entry.seq not in undone:
            undone.update(dict.fromkeys(entry.event.seqs, entry.seq))
    return undone


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
        self.state, self.stage, self.cohort = VOID, "", 0
        self.outcome: str | None = None
        self.unit: int | None = None
        self.stays: list[Stay] = []
        self.facts: dict[str, Fact] = {}
        self.assignments: list[Assignment] = []
        self.pause: Pause | None = None
        self.rank: int | None = None
        self.last_move_on: date | None = None

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
        self.state = kind.kind
        self.outcome = kind.outcome
        self.stage, self.last_move_on = stage, self._day(entry)

    def _leave(
        self, entry: Entry, left: str, outcome: str | None, by: str | None, reason: int | None
    ) -> None:
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
            self._leave(entry, ENDED, self.outcome, None, event.reason)

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
            each._replace(to_on=max(day, each.from_on)) if each.role == role and each.to_on is None else each
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


_APPLY: dict[type, Callable[[_Folding, Any, Entry], None]] = {
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


def with_events(
    pipeline: Pipeline, candidacy: Candidacy, events: Iterable[tuple[date | None, Event]]
) -> Candidacy:
    """Return where the candidacy would stand if these events followed, numbered from its head.

    Their command and time of recording are left empty: they are the store's to give.
    """
    head = candidacy.head
    new = tuple(Entry(head + n, 0, on, "", event) for n, (on, event) in enumerate(events, 1))
    return fold(pipeline, candidacy.entries + new)
