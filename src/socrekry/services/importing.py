"""Import candidates from the rows of a table: all of them, or the good ones, or none.

Everything happens in one transaction, so that an import that is broken off leaves nothing behind; each row
has a part of it to itself, so that a bad row leaves no trace among the good. Whatever a row says goes
through the state machine like a command of its own: the eleventh of ten seats is a bad row.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from socrekry.domain.candidacy import LOST, OPEN
from socrekry.domain.errors import Ambiguous, InvalidInput, NotFound, Refused
from socrekry.domain.guards import ROLES
from socrekry.domain.ids import candidate_id
from socrekry.domain.names import email_key
from socrekry.services.acting import RefusedBy
from socrekry.services.candidacies import Subject, load
from socrekry.services.candidates import add_to_cohort
from socrekry.services.finding import find_candidacy
from socrekry.services.imported import Defect, Imported, Options, Row, Taken, Tally
from socrekry.services.imported_history import Visit, stage_words, visits_of, written
from socrekry.services.imported_lookups import Lookups, Place
from socrekry.services.imported_update import caught_up, mended
from socrekry.services.persons import add_person
from socrekry.services.pipelines import pipelines
from socrekry.services.touches import Source, touch_by
from socrekry.services.writing import Writing
from socrekry.store.connect import Store


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
    run = _Import(writing, options)
    try:
        with writing.transaction():
            for row in rows:
                run.take(row)
            if not run.worth_keeping:
                raise _NothingKept
    except _NothingKept:
        pass
    return run.answer()


class Told(NamedTuple):
    """What a row tells of a candidacy once everything that it names has been found."""

    place: Place
    visits: tuple[Visit, ...]
    staff: dict[str, int]
    source: Source | None


class _Import:
    """An import under way: what was looked up, what became of the rows so far."""

    def __init__(self, writing: Writing, options: Options) -> None:
        self.writing, self.store, self.options = writing, writing.store, options
        self.rows = 0
        self.imported: list[Taken] = []
        self.updated: list[Taken] = []
        self.skipped: list[Taken] = []
        self.bad: list[Defect] = []
        self._lines: dict[str, int] = {}
        self._seek = Lookups(writing, options)

    @property
    def worth_keeping(self) -> bool:
        """Whether there is something to keep, and nothing that forbids it."""
        return bool(self.imported or self.updated) and (self.options.keep_good or not self.bad)

    def take(self, row: Row) -> None:
        """Import one row, or note what is wrong with it."""
        self.rows += 1
        defects = list(row.defects)
        if not row.cells:
            self.bad += defects
            return
        place = self._seek.place(row, defects)
        visits: tuple[Visit, ...] = ()
        if place is not None:
            visits, wrong = visits_of(row, place.pipeline, place.words, self.writing.occasion.today)
            defects += wrong
        university = self._seek.university(row, defects)
        staff = self._seek.staff(row, defects)
        source = self._seek.source(row, defects)
        known = self._known(row, defects)
        if defects or place is None:
            columns = list(row.titles.values())
            defects.sort(key=lambda each: columns.index(each.column) if each.column in columns else -1)
            self.bad += defects
            return
        row = row._replace(details=row.details._replace(university=university))
        self._write(row, Told(place, visits, staff, source), known)

    def answer(self) -> Imported:
        """Return what became of the table."""
        held_back = bool(self.bad) and not self.options.keep_good
        if held_back:
            self.imported, self.updated, self.skipped = [], [], []
        return Imported(
            self.rows,
            self.worth_keeping and not self.writing.dry_run,
            held_back,
            tuple(self.imported),
            tuple(self.updated),
            tuple(self.skipped),
            tuple(self.bad),
            self._tallies(),
        )

    def _write(self, row: Row, told: Told, known: int | None) -> None:
        if known is not None and self.options.on_duplicate == "skip":
            self._skip(row, told.place, known)
            return
        try:
            with self.writing.transaction():
                if known is None:
                    self.imported.append(self._added(row, told, None))
                elif (taken := self._update(row, told, known)) is not None:
                    self.updated.append(taken)
                else:
                    self._skip(row, told.place, known)
        except RefusedBy as refused:
            for verdict in refused.verdicts:
                self.bad.append(
                    row.defect(_column_of(verdict.guard, told.visits), verdict.reason, **verdict.facts)
                )
        except (InvalidInput, NotFound, Ambiguous, Refused) as error:
            self.bad.append(row.defect_of(None, error))

    def _added(self, row: Row, told: Told, person: int | None) -> Taken:
        """Add the person, unless she is known, and her candidacy with its history."""
        place, visits, staff, source = told
        if person is None:
            person = add_person(self.writing, row.details, protected=row.protected)
        added = add_to_cohort(
            self.writing,
            person,
            place.cohort,
            visits[0].on if visits else self.options.on,
            unit=place.unit,
            source=source,
            tags=row.tags,
            note=row.note,
            imported=bool(visits),
        )
        if len(visits) < 2 and not (row.facts or row.outcome or staff):  # it is not read back for nothing
            number, here = int(added.candidacy.partition(".")[2]), place.cohort.id
            return Taken(row.line, person, number, added.name, added.stage, added.titles, OPEN, here)
        subject = load(self.store, find_candidacy(self.store, added.candidacy).id)
        return _taken(row, written(self.writing, subject, row, visits[1:], staff))

    def _update(self, row: Row, told: Told, person: int) -> Taken | None:
        """Fill in what the row knows of a person, and her candidacy's later stages; None if nothing was new.

        One who has no candidacy in the cohort begins one.
        """
        new = mended(self.writing, person, row)
        candidacy, cohort = self._candidacy_of(person, told.place)
        if cohort != told.place.cohort.id:
            return self._added(row, told, person)
        new |= told.source is not None and touch_by(self.writing, person, told.source)
        before = load(self.store, candidacy)
        after = caught_up(self.writing, before, row, told.visits, told.staff)
        return _taken(row, after) if new or after.head != before.head else None

    def _skip(self, row: Row, place: Place, person: int) -> None:
        self.skipped.append(_taken(row, load(self.store, self._candidacy_of(person, place)[0])))

    def _candidacy_of(self, person: int, place: Place) -> tuple[int, int]:
        """Return the number and the cohort of the candidacy that a known person's row is about."""
        row = self.store.row("importing.candidacy_of", person=person, cohort=place.cohort.id)
        assert row is not None, "whoever is found by her address has a candidacy that counts"
        return row[0], row[1]

    def _known(self, row: Row, defects: list[Defect]) -> int | None:
        """Return who has the row's e-mail already, unless that is a defect."""
        if row.details.email is None:
            return None
        key = email_key(row.details.email)
        known = self.store.row("person.by_email", email=key)
        if self.options.on_duplicate != "fail":
            return known[0] if known else None
        first = self._lines.setdefault(key, row.line)
        if first != row.line:
            defects.append(row.defect("email", "email-repeated", email=row.details.email, first=first))
        elif known:
            defects.append(
                row.defect("email", "email-known", email=row.details.email, id=candidate_id(known[0]))
            )
        return None

    def _tallies(self) -> tuple[Tally, ...]:
        counts = Counter((each.cohort, each.stage if each.state != LOST else "") for each in self.imported)
        return tuple(
            Tally(
                place.cohort.title,
                tuple(
                    (stage.titles, counts[number, stage.name])
                    for stage in place.pipeline.stages
                    if counts[number, stage.name]
                ),
                counts[number, ""],
            )
            for number, place in self._seek.places.items()
            if any(cohort == number for cohort, _ in counts)
        )


def _taken(row: Row, subject: Subject) -> Taken:
    now = subject.candidacy
    titles = subject.pipeline.stage(now.stage).titles
    return Taken(
        row.line, subject.person, subject.number, subject.name, now.stage, titles, now.state, now.cohort
    )


def _column_of(guard: str, visits: Sequence[Visit]) -> str | None:
    """Return the field that a limit is about: the day that takes the seat, or who was assigned."""
    if guard in ROLES:
        return guard
    return next((visit.field for visit in visits if guard == "free-seat" and visit.stage.takes_seat), None)
