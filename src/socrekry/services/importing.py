"""Import candidates from the rows of a table: all of them, or the good ones, or none.

Everything happens in one transaction, so that an import that is broken off leaves nothing behind. Whatever a
row says is decided by the state machine, like a command of its own: the eleventh of ten seats is a bad row.
Rows are taken some at a time: who is known is looked up for all of them at once, and those who are new are
written together; a row that needs more than that is taken by itself, in a part of the transaction that leaves
no trace if it is bad.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from itertools import islice

from socrekry.domain.candidacy import LOST
from socrekry.domain.errors import Ambiguous, InvalidInput, NotFound, Refused
from socrekry.domain.events import Verdict
from socrekry.domain.guards import ROLES, Circumstances
from socrekry.domain.intents import Open
from socrekry.services.acting import RefusedBy, Step
from socrekry.services.duplicates import Resemblance, resembled
from socrekry.services.imported import Defect, Imported, Options, Row, TakenRows, Tally
from socrekry.services.imported_batches import Batch, Known
from socrekry.services.imported_courses import Course
from socrekry.services.imported_history import Visit, stage_words, steps_of, visits_of
from socrekry.services.imported_known import Acquaintances, Who, already_there
from socrekry.services.imported_limits import Limits, with_room_on_the_way
from socrekry.services.imported_loading import Loading
from socrekry.services.imported_lookups import Lookups, Place
from socrekry.services.imported_one import Told, added, standing, updated
from socrekry.services.imported_words import WaitingWords
from socrekry.services.pipelines import pipelines
from socrekry.services.writing import Writing
from socrekry.store.connect import Store
from socrekry.store.loading import may_load

TOGETHER = 1_000
COMPARED = 200
"""So many new candidates are compared with all the others at once; `duplicates` compares everybody."""


class _NothingKept(Exception):
    """Ends the transaction without keeping anything."""


def known_stages(store: Store) -> dict[str, str]:
    """Return what a column may call a stage of any installed pipeline, each with the stage's name."""
    words: dict[str, str] = {}
    for each in pipelines(store):
        if each.latest:
            words = stage_words(each.pipeline) | words
    return words


def import_rows(writing: Writing, rows: Iterable[Row], options: Options) -> Imported:
    """Import every row, or nothing if one is bad and only good ones are not asked for.

    NotFound or InvalidInput where no cohort, or more than one, fits what was said for all rows.
    """
    loading = Loading(writing.store)
    run = _Import(writing, options, loading)
    try:
        with writing.transaction(), loading:
            run.take_all(rows)
            if not run.worth_keeping:
                raise _NothingKept
    except _NothingKept:
        pass
    return run.answer()


class _Import:
    """An import under way: what was looked up, what waits, what became of the rows so far."""

    def __init__(self, writing: Writing, options: Options, loading: Loading) -> None:
        self.writing, self.store, self.options = writing, writing.store, options
        self.today = writing.occasion.today
        self.rows = 0
        self.imported, self.updated, self.skipped = TakenRows(), TakenRows(), TakenRows()
        self.bad: list[Defect] = []
        self._seek = Lookups(writing, options, loading.settle)
        self._who = Acquaintances(self.store, options.on_duplicate)
        self._limits = Limits(self.store, self.today, loading.settle)
        self._batch = Batch(writing, loading)
        self._resembles: tuple[tuple[str, tuple[Resemblance, ...]], ...] = ()
        self._together = may_load(self.store)
        self._beginnings: dict[int, Course] = {}  # by place, of rows without any history

    @property
    def worth_keeping(self) -> bool:
        """Whether there is something to keep, and nothing that forbids it."""
        return bool(self.imported or self.updated) and (self.options.keep_good or not self.bad)

    def take_all(self, rows: Iterable[Row]) -> None:
        """Take every row, some at a time."""
        every, loading = iter(rows), self._batch.loading
        while some := list(islice(every, TOGETHER)):
            self.rows += len(some)
            loading.settle()
            self._who.look_up(some)
            loading.begin()
            for row in some:
                self._take(row)
            self._write()
        loading.finish()
        self._resembles = self._likenesses()

    def answer(self) -> Imported:
        """Return what became of the table."""
        held_back = bool(self.bad) and not self.options.keep_good
        kept = self.worth_keeping and not self.writing.dry_run
        if held_back:
            return Imported(self.rows, kept, held_back, (), (), (), tuple(self.bad), ())
        taken = (self.imported, self.updated, self.skipped)
        bad, tallies = tuple(self.bad), self._tallies()
        compared = len(self.imported) <= COMPARED
        return Imported(self.rows, kept, held_back, *taken, bad, tallies, self._resembles, compared)

    def _take(self, row: Row) -> None:
        """Take one row, or note what is wrong with it."""
        defects = list(row.defects)
        if not row.cells:
            self.bad += defects
            return
        place = self._seek.place(row, defects)
        visits: tuple[Visit, ...] = ()
        if place is not None:
            visits, wrong = visits_of(row, place.pipeline, place.words, self.today)
            defects += wrong
        named = row.details.university
        if named is not None and (university := self._seek.university(row, defects)) != named:
            row = row._replace(details=row.details._replace(university=university))
        staff, source = self._seek.staff(row, defects), self._seek.source(row, defects)
        if self._who.awaits(row):
            self._write()
        who = self._who.who(row, defects)
        if defects or place is None:
            self._note(row, defects)
        else:
            self._decide(row, Told(place, visits, staff, source), who)

    def _decide(self, row: Row, told: Told, who: Who) -> None:
        """Pass over, bring up to date, let wait, or take by itself."""
        if who.person is not None:
            if self.options.on_duplicate == "skip":
                self._skip(row, told, who)
            else:
                self._take_alone(row, told, who)
            return
        if who.known is not None:
            defect = already_there(row, told, who.known)
            if defect is not None:
                self._note(row, [defect])
                return
        if not (self._together and self._let_wait(row, told, who.known)):
            self._take_alone(row, told, who)

    def _let_wait(self, row: Row, told: Told, known: Known | None) -> bool:
        """Let a row wait to be written with others, or note the limit that it breaks.

        Return False for one that the state machine refuses or that asks for more.
        """
        place, visits, staff, _ = told
        begun_on, words = visits[0].on if visits else self.options.on, WaitingWords()
        plain = not (visits or row.facts or staff or row.outcome)
        try:
            steps = () if plain else tuple(steps_of(words.keep, begun_on, row, visits[1:], staff))
        except InvalidInput:
            return False
        days = (begun_on, *[step.on for step in steps])
        if max(days) > self.today:
            return False
        around = partial(self._limits.around, place.here, staff.values())
        course = self._beginnings.get(id(place)) if plain else None
        if course is None:
            course = self._course(place, steps, days, around, imported=bool(visits))
            if course is None:
                return False
            if plain:
                self._beginnings[id(place)] = course
        broken = self._limits.broken(course.after, around)
        if broken:
            self._note(row, _limit_defects(row, broken, visits))
        else:
            self._batch.add(row, told, course, days, words.remarks, self._who.waits(row, known))
        return True

    def _course(
        self,
        place: Place,
        steps: Sequence[Step],
        days: Sequence[date],
        around: Callable[[], Circumstances],
        *,
        imported: bool,
    ) -> Course | None:
        """Return the course of a row, or None where the state machine refuses it."""
        unit = place.unit if place.unit is not None else place.cohort.unit_id
        intents = (Open(place.cohort.id, unit, imported), *[step.intent for step in steps])
        return self._batch.courses.course(place.here, intents, days, lambda: with_room_on_the_way(around()))

    def _take_alone(self, row: Row, told: Told, who: Who) -> None:
        """Take a row by the everyday way, in a part of the transaction."""
        self._write()
        self._batch.loading.finish()
        self._batch.forget()
        person, met = who.known.person if who.known else None, who.person is not None
        try:
            with self.writing.transaction():
                if who.person is not None:
                    taken = updated(self.writing, row, told, self.options.on, who.person)
                else:
                    taken = added(self.writing, row, told, self.options.on, person)
        except RefusedBy as refused:
            self._note(row, _limit_defects(row, refused.verdicts, told.visits))
        except (InvalidInput, NotFound, Ambiguous, Refused) as error:
            self._note(row, [row.defect_of(None, error)])
        else:
            self._limits.forget()
            if taken is None:
                self._skip(row, told, who)
                return
            (self.updated if met else self.imported).add(taken)
            self._who.taken_alone(row, told, taken, who.known, met=met)

    def _skip(self, row: Row, told: Told, who: Who) -> None:
        assert who.person is not None, "whoever is passed over is known"
        self._batch.loading.finish()
        taken = standing(self.store, row, told.place, who.person)
        self.skipped.add(taken)
        self._who.taken_alone(row, told, taken, who.known, met=True)

    def _write(self) -> None:
        """Write the rows that wait."""
        if self._batch.waiting:
            self._who.written(self._batch.write(self.imported))

    def _note(self, row: Row, defects: list[Defect]) -> None:
        """Note what is wrong with a row, by the order of the columns."""
        columns = list(row.titles.values())
        defects.sort(key=lambda each: columns.index(each.column) if each.column in columns else -1)
        self.bad += defects
        self._who.bad(row)

    def _likenesses(self) -> tuple[tuple[str, tuple[Resemblance, ...]], ...]:
        """Return the new candidates who resemble others, unless there are so many that it would take long."""
        if len(self.imported) > COMPARED:
            return ()
        new = dict.fromkeys((each.id, each.person) for each in self.imported)
        later, found = {id_ for id_, _ in new}, []
        for id_, person in new:
            later.discard(id_)  # of two who are new, it is told of the second
            alike = tuple(each for each in resembled(self.store, person) if each.id not in later)
            found += [(id_, alike)] if alike else []
        return tuple(found)

    def _tallies(self) -> tuple[Tally, ...]:
        counts: dict[tuple[int, str], int] = {}
        for cohort, stage, state, number in self.imported.counts():
            where = cohort, stage if state != LOST else ""
            counts[where] = counts.get(where, 0) + number
        return tuple(
            Tally(
                place.cohort.title,
                tuple(
                    (stage.titles, counts[number, stage.name])
                    for stage in place.pipeline.stages
                    if (number, stage.name) in counts
                ),
                counts.get((number, ""), 0),
            )
            for number, place in self._seek.places.items()
            if any(cohort == number for cohort, _ in counts)
        )


def _limit_defects(row: Row, verdicts: Sequence[Verdict], visits: Sequence[Visit]) -> list[Defect]:
    """Return what stands in the way of a row, each in the column that it is about."""
    return [row.defect(_column_of(each.guard, visits), each.reason, **each.facts) for each in verdicts]


def _column_of(guard: str, visits: Sequence[Visit]) -> str | None:
    """Return the field that a limit is about: the day that takes the seat, or who was assigned."""
    if guard in ROLES:
        return guard
    return next((visit.field for visit in visits if guard == "free-seat" and visit.stage.takes_seat), None)
