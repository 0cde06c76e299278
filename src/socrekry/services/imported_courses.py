"""Courses: what rows that tell the same – the same stages, facts and ending, on other days – have in common.

The state machine decides on the first row of each course, as it decides on a command; what it made of that
row it would make of every other, for nothing that it asks about an import depends on the days but that they
follow each other and are not to come, which is asked of every row. Where a course leads is folded from its
events for each row, like any log. So the rules stand in one place, and are asked once for many.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeAlias

from socrekry.domain.candidacy import Candidacy
from socrekry.domain.events import NAMES, VERSION, Entry, Event, to_body
from socrekry.domain.folding import fold
from socrekry.domain.guards import Circumstances
from socrekry.domain.intents import Intent
from socrekry.domain.machine import Refusal, decide
from socrekry.services.cached_rows import assignment_rows, fact_rows, stay_rows
from socrekry.services.candidacies import Subject, cached
from socrekry.services.crediting import Reached, reached
from socrekry.services.imported_words import numbered
from socrekry.services.tallies import LONGEST_REASON, Counts, cells
from socrekry.services.writing import Writing
from socrekry.store.engine import Row as Stored
from socrekry.store.log import GENESIS, canonical, rest_of_link

CANDIDACY = (
    *("cohort", "unit", "state", "stage", "entered_on", "due_on", "outcome", "closed_on", "holds_seat"),
    *("supervised", "paused_from", "paused_until", "rank", "head_seq"),
)
STAY = (
    *("number", "stage", "entered_on", "entered_seq", "first", "left_on", "left_seq", "left_how", "outcome"),
    *("closed_by", "reason", "paused_days", "days", "left_to"),
)
FACT = ("seq", "about_person", "name", "value", "occurred_on", "text", "seen_by")
ASSIGNMENT = ("seq", "role", "staff", "from_on", "to_on")
"""What `services.candidacies` and `services.cached_rows` say of each row, apart from whose it is."""

_MOST_STAMPS = 2_000
_SOME_DAY = "0000-00-00"
Shape: TypeAlias = tuple[int, tuple[Intent, ...]]


class Said(NamedTuple):
    """An event as the log says it, and what its hash covers before and after the day."""

    kind: str
    body: str
    before: str
    after: str


class Course(NamedTuple):
    """What the state machine made of a row, on whatever days."""

    subject: Subject
    events: tuple[Event, ...]
    said: tuple[Said, ...]
    after: Candidacy


class Stamp(NamedTuple):
    """A course on certain days, as rows of the store, each without the numbers that tell whose it is.

    ``links`` are what each event's hash covers beside the one before it; ``cells`` what it adds to tallies,
    and ``reached`` what it adds to the credit of whoever brought it.
    """

    candidacy: Stored
    events: tuple[Stored, ...]
    links: tuple[str, ...]
    stays: tuple[Stored, ...]
    facts: tuple[Stored, ...]
    assignments: tuple[Stored, ...]
    cells: Counts
    reached: Reached


class Courses:
    """The courses of one import, and their stamps as far as they were made not long ago."""

    def __init__(self, writing: Writing) -> None:
        writing.sign()
        self._command, self._actor = writing.command, writing.actor
        self._recorded_at = writing.occasion.recorded_at
        self._courses: dict[Shape, Course | None] = {}
        self._stamps: dict[tuple[int, tuple[date, ...]], Stamp] = {}

    def course(
        self,
        here: Subject,
        intents: tuple[Intent, ...],
        days: Sequence[date],
        around: Callable[[], Circumstances],
    ) -> Course | None:
        """Return the course of a row, or None where the state machine refuses it: then it says why by itself.

        ``here`` is a candidacy of nobody's in the row's cohort; each intent has its day, and the first opens
        it; ``around`` gives circumstances that leave room for her everywhere.
        """
        shape = here.version, intents
        if shape not in self._courses:
            self._courses[shape] = self._decided(here, intents, days, around())
        return self._courses[shape]

    def stamp(self, course: Course, days: tuple[date, ...], numbers: range, texts: Sequence[str]) -> Stamp:
        """Return a course on its days, with the numbers of its words."""
        if numbers:
            words = dict(zip(numbers, [text[:LONGEST_REASON] for text in texts], strict=True))
            events = [numbered(event, numbers) for event in course.events]
            said = [
                known if event is old else self._said(seq, event)
                for seq, (event, old, known) in enumerate(
                    zip(events, course.events, course.said, strict=True), 1
                )
            ]
            return self._stamped(course.subject, days, events, said, words)
        key = id(course), days
        found = self._stamps.get(key)
        if found is None:
            if len(self._stamps) >= _MOST_STAMPS:  # a table with history has nearly as many as it has rows
                self._stamps.clear()
            found = self._stamped(course.subject, days, course.events, course.said, {})
            self._stamps[key] = found
        return found

    def _stamped(
        self,
        subject: Subject,
        days: Sequence[date],
        events: Sequence[Event],
        said: Sequence[Said],
        words: dict[int, str],
    ) -> Stamp:
        command, recorded_at = self._command, self._recorded_at
        entries, stored, links = list[Entry](), list[Stored](), list[str]()
        for seq, (on, event, (kind, body, before, rest)) in enumerate(
            zip(days, events, said, strict=True), 1
        ):
            day = on.isoformat()
            entries.append(Entry(seq, command, on, recorded_at, event))
            stored.append((seq, kind, VERSION, day, recorded_at, command, body))
            links.append(f"{before}{day}{rest}")
        after = fold(subject.pipeline, entries)
        return Stamp(
            (*_picked(cached(subject, after, (len(entries), GENESIS)), CANDIDACY), recorded_at),
            tuple(stored),
            tuple(links),
            tuple([(*_picked(row, STAY), subject.version) for row in stay_rows(0, after)]),
            tuple([_picked(row, FACT) for row in fact_rows(0, 0, after)]) if after.facts else (),
            tuple([_picked(row, ASSIGNMENT) for row in assignment_rows(0, after)]),
            cells(subject.version, after, words),
            reached(subject.version, after),
        )

    def _decided(
        self, here: Subject, intents: Sequence[Intent], days: Sequence[date], around: Circumstances
    ) -> Course | None:
        """Return what the state machine makes of some intents, one by one; None where it refuses one."""
        initial = here.pipeline.initial
        if initial.takes_seat or initial.supervised:  # then a limit is asked about before any history
            return None
        state, events = Candidacy(), list[Event]()
        for intent, on in zip(intents, days, strict=True):
            decision = decide(here.pipeline, state, intent, on, around)
            if isinstance(decision, Refusal) or len(decision.events) != 1:
                return None
            state = decision.after
            events.append(decision.events[0][1])
        said = [self._said(seq, event) for seq, event in enumerate(events, 1)]
        return Course(here, tuple(events), tuple(said), state)

    def _said(self, seq: int, event: Event) -> Said:
        kind, body = NAMES[type(event)], canonical(to_body(event))
        whose = (seq, self._command, self._actor, _SOME_DAY, self._recorded_at, kind, VERSION, body)
        before, _, after = rest_of_link(whose).partition(_SOME_DAY)
        return Said(kind, body, before, after)


def _picked(row: dict[str, Any], names: Sequence[str]) -> Stored:
    return tuple([row[name] for name in names])
