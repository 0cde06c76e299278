"""Write many candidacies at once, each as the everyday way would have written it, row for row.

What was decided waits here until there are enough of it; then persons, candidacies, words and touches get
their numbers in the order of the rows, logs are chained, and each table's rows go into the store together.
Nobody else writes meanwhile: an import is alone in its transaction.
"""

from collections.abc import Sequence
from datetime import date
from functools import cached_property, partial
from itertools import count
from typing import Any, NamedTuple, TypeAlias

from socrekry.domain.candidacy import OPEN
from socrekry.domain.ids import candidacy_id
from socrekry.domain.names import shown_name
from socrekry.services.crediting import credit_of_new
from socrekry.services.imported import NAMED, Row, TakenRows
from socrekry.services.imported_courses import Course, Courses, Stamp
from socrekry.services.imported_loading import Loading
from socrekry.services.imported_one import Told
from socrekry.services.imported_words import Remark
from socrekry.services.persons import columns_of
from socrekry.services.tallies import Counts
from socrekry.services.touches import Source, touch_key
from socrekry.services.writing import Writing
from socrekry.store.loading import may_overlap, next_numbers
from socrekry.store.log import GENESIS, linked

COLUMNS: dict[str, tuple[str, ...]] = {
    "person": (
        *("id", "protected_number", "void", "name", "email", "phone", "university", "graduates"),
        *("search_key", "sort_key", "email_key", "phone_key"),
    ),
    "candidacy": (
        *("id", "person_id", "number", "pipeline_id", "channel", "head_hash"),
        *("cohort_id", "unit_id", "state", "stage", "entered_on", "due_on", "outcome", "closed_on"),
        *("holds_seat", "supervised", "paused_from", "paused_until", "rank", "head_seq"),
        "changed_at",
    ),
    "remark": ("id", "candidacy_id", "kind", "text", "occurred_on", "command_id"),
    "event": (
        *("candidacy_id", "hash", "seq", "kind", "version", "occurred_on", "recorded_at"),
        *("command_id", "body"),
    ),
    "stay": (
        *("candidacy_id", "number", "stage", "entered_on", "entered_seq", "first", "left_on", "left_seq"),
        *("left_how", "outcome", "closed_by", "reason_id", "paused_days", "days", "left_to", "pipeline_id"),
    ),
    "fact": (
        *("candidacy_id", "person_id", "seq", "about_person", "name", "value", "occurred_on", "text_id"),
        "seen_by_id",
    ),
    "assignment": ("candidacy_id", "seq", "role", "staff_id", "from_on", "to_on"),
    "touch": ("id", "person_id", "activity_id", "occurred_on"),
    "tag": ("person_id", "tag"),
}
"""The columns of each row that is made here; the tables in an order in which none refers to a later one."""


Numbers: TypeAlias = "dict[str, count[int]]"
Begun: TypeAlias = tuple[int, int, str | None]
"""Somebody new: her number, the line that brought her in, and the key of her address."""
_NONE, _NO_WORDS = range(0), list[str]()


class Known:
    """Somebody of whom several rows may tell: her number, once it has been given, and what is hers."""

    def __init__(self, row: Row) -> None:
        self.line, self.details, self.protected = row.line, row.details, row.protected
        self.person: int | None = None
        self.met = False  # by the store, before this import
        self.hidden_as: int | None = None
        self.candidacies = 0
        self.open: dict[int, int] = {}
        self.tags: set[str] = set()
        self.activities: set[int | None] = {None}
        self.credit: Counts | None = None  # what she adds by her first candidacy, if that was made here

    def told_of(self, row: Row, told: Told, state: str) -> int:
        """Take what a row tells of her; return the number of the candidacy."""
        self.candidacies += 1
        self.tags.update(row.tags)
        self.activities.add(told.source.activity if told.source else None)
        if state == OPEN:
            self.open.setdefault(told.place.cohort.id, row.line)
        return self.candidacies


class Waiting(NamedTuple):
    """A row that was decided on: its course and days, its words, and what it tells of whom beside that.

    ``number`` is the candidacy's among hers; ``activity`` is where she was met, and ``tags`` are those that
    no earlier row has put on her.
    """

    row: Row
    course: Course
    days: tuple[date, ...]
    words: Sequence[Remark]
    known: Known | None
    number: int
    source: Source | None
    activity: int | None
    tags: tuple[str, ...]


class Batch:
    """The rows that wait; `write` writes them and tells who they became."""

    def __init__(self, writing: Writing, loading: Loading) -> None:
        self.writing, self.loading = writing, loading
        self._next: dict[str, int] = {}
        self.waiting: list[Waiting] = []
        self._standings: dict[int, int] = {}
        self._hidden: dict[int, int] = {}
        self._rows: dict[str, list[tuple[Any, ...]]] = {}
        self._new: list[tuple[str, str]] = []

    @cached_property
    def courses(self) -> Courses:
        """The courses of the import; the first gives the command its number, inside the transaction."""
        return Courses(self.writing)

    def add(
        self,
        row: Row,
        told: Told,
        course: Course,
        days: tuple[date, ...],
        words: Sequence[Remark],
        known: Known | None,
    ) -> None:
        """Let a row wait that was decided on."""
        source, tags, number = told.source, row.tags, 1
        activity = source.activity if source else None
        if tags:
            tags = tuple([tag for tag in dict.fromkeys(tags) if known is None or tag not in known.tags])
        if known is not None:
            activity = None if activity in known.activities else activity
            number = known.told_of(row, told, course.after.state)
        self.waiting.append(Waiting(row, course, days, words, known, number, source, activity, tags))

    def write(self, into: TakenRows) -> list[Begun]:
        """Write all that waits, and tell who the rows became; return the persons who are new, in order."""
        every, self.waiting = self.waiting, []
        if not every:
            return []
        writing = self.writing
        writing.sign()
        self._rows, self._new = {table: [] for table in COLUMNS}, []
        numbers, candidacies = self._numbers(every), self._rows["candidacy"]
        stamps, begun = dict[int, tuple[Stamp, int]](), list[Begun]()
        for each in every:
            person = self._person(each, numbers, begun)
            stamp = self._candidacy(each, person, numbers)
            known = id(stamp)
            stamps[known] = stamp, stamps[known][1] + 1 if known in stamps else 1
            self._credit(each, person, stamp)
            name = self._name(each) if len(into) < NAMED else ""
            into.add_at(each.row.line, person, each.number, name, self._standing(each, into))
        self.loading.hand_over(partial(_put, writing, self._rows, self._new))
        writing.appended(candidacies[-1][0], (len(each.course.events), candidacies[-1][5]))
        for stamp, times in stamps.values():
            writing.tallied({cell: number * times for cell, number in stamp.cells.items()})
        return begun

    def _credit(self, each: Waiting, person: int, stamp: Stamp) -> None:
        """Count to whose credit a candidacy is: by itself, or with all that is known of her in the end."""
        known, row = each.known, each.row
        if each.number == 1:
            found = credit_of_new(stamp.reached, each.days[0], each.source, row.details.graduates)
            self.writing.tallied(found)
            if known is not None:
                known.credit = found
            return
        assert known is not None, "whoever has a candidacy already"
        if known.credit is None:
            self.loading.finish()
        self.writing.crediting(person, known=known.credit)

    def _standing(self, each: Waiting, into: TakenRows) -> int:
        """Return the number of where a course leads, among the rows that are taken."""
        course = each.course
        standing = self._standings.get(id(course))
        if standing is None:
            after = course.after
            titles = course.subject.pipeline.stage(after.stage).titles
            standing = into.standing(after.stage, titles, after.state, after.cohort)
            self._standings[id(course)] = standing
        return standing

    def _numbers(self, every: Sequence[Waiting]) -> Numbers:
        """Take the numbers that the rows need, of each table that numbers its rows."""
        needed = {
            "person": sum(each.number == 1 for each in every),
            "candidacy": len(every),
            "remark": sum(len(each.words) + bool(each.row.note) for each in every),
            "touch": sum(each.activity is not None for each in every),
            "protected": sum(each.row.protected for each in every),
        }
        return {kind: count(self._first(kind, many)) if many else count() for kind, many in needed.items()}

    def _first(self, kind: str, many: int) -> int:
        """Return the first of so many numbers; while nobody else writes, they go on from the last."""
        first = self._next.get(kind)
        if first is None:
            self.loading.finish()
            store = self.writing.store
            drawn = partial(next_numbers, store, kind, many)
            first = int(store.value("person.next_protected")) if kind == "protected" else drawn()
        if may_overlap(self.writing.store):
            self._next[kind] = first + many
        return first

    def forget(self) -> None:
        """Ask for numbers anew: somebody was added beside those who wait."""
        self._next = {}

    def _person(self, each: Waiting, numbers: Numbers, begun: list[Begun]) -> int:
        """Return a person's number; one who is new gets hers, and a row."""
        row, known = each.row, each.known
        if each.number > 1:
            assert known is not None, "whoever has a candidacy already"
            assert known.person is not None, "has got her number with it"
            return known.person
        person = next(numbers["person"])
        protected = next(numbers["protected"]) if row.protected else None
        columns = columns_of(row.details)
        self._rows["person"].append((person, protected, False, *columns.values()))
        begun.append((person, row.line, columns["email_key"]))
        if known is not None:
            known.person, known.hidden_as = person, protected
        elif protected is not None:
            self._hidden[row.line] = protected
        return person

    def _name(self, each: Waiting) -> str:
        """Return what a person is called; one who is hidden by the number she has got."""
        name = each.row.details.name if each.known is None else each.known.details.name
        if name is not None:
            return name
        hidden = self._hidden.get(each.row.line) if each.known is None else each.known.hidden_as
        return shown_name(None, hidden)

    def _candidacy(self, each: Waiting, person: int, numbers: Numbers) -> Stamp:
        """Make the rows of one candidacy; return its stamp."""
        rows, course, words, number = self._rows, each.course, each.words, each.number
        candidacy, said, texts = next(numbers["candidacy"]), _NONE, _NO_WORDS
        if words or each.tags or each.activity is not None or each.row.note:
            said = self._beside(each, person, candidacy, numbers)
            texts = [remark.text for remark in words]
        stamp = self.courses.stamp(course, each.days, said, texts)
        label, previous, events = candidacy_id(person, number), GENESIS, rows["event"]
        for stored, link in zip(stamp.events, stamp.links, strict=True):
            previous = linked(previous, label, link)
            events.append((candidacy, previous, *stored))
        channel = each.source.channel if each.source else None
        rows["candidacy"].append(
            (candidacy, person, number, course.subject.version, channel, previous, *stamp.candidacy)
        )
        stays = rows["stay"]
        for stay in stamp.stays:
            stays.append((candidacy, *stay))
        if stamp.facts:
            rows["fact"] += [(candidacy, person, *fact) for fact in stamp.facts]
        if stamp.assignments:
            rows["assignment"] += [(candidacy, *assigned) for assigned in stamp.assignments]
        return stamp

    def _beside(self, each: Waiting, person: int, candidacy: int, numbers: Numbers) -> range:
        """Make the rows beside the log, in the order of the everyday way; return the numbers of the words."""
        rows, new = self._rows, self._new
        if each.activity is not None and each.source is not None:
            number = next(numbers["touch"])
            rows["touch"].append((number, person, each.activity, each.source.on))
            new.append(("touch", touch_key(person, each.activity, number)))
        for tag in each.tags:
            rows["tag"].append((person, tag))
            new.append(("tag", f"{person}:{tag}"))
        if each.row.note:
            note = Remark("note", each.row.note, each.days[0])
            new.append(("remark", str(self._remark(candidacy, note, numbers))))
        said = [self._remark(candidacy, each_one, numbers) for each_one in each.words]
        return range(said[0], said[-1] + 1) if said else range(0)

    def _remark(self, candidacy: int, remark: Remark, numbers: Numbers) -> int:
        number, command = next(numbers["remark"]), self.writing.command
        row = (number, candidacy, remark.kind, remark.text, remark.on.isoformat(), command)
        self._rows["remark"].append(row)
        return number


def _put(writing: Writing, rows: dict[str, list[tuple[Any, ...]]], new: Sequence[tuple[str, str]]) -> None:
    """Put the rows of a batch into the store, and note which of them are beside the log."""
    for table, columns in COLUMNS.items():
        writing.store.load(table, columns, rows[table])
    writing.created_all(new)
