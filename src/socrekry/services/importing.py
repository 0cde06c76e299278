"""Import candidates from the rows of a table: all of them, or the good ones, or none.

Everything happens in one transaction, so that an import that is broken off leaves nothing behind; each row
has a savepoint in it, so that a bad row leaves no trace among the good. Whatever a row says goes through the
state machine like a command of its own: the eleventh of ten seats is a bad row.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import NamedTuple, TypeVar

from socrekry.domain.candidacy import LOST
from socrekry.domain.errors import Ambiguous, NotFound, SocrekryError
from socrekry.domain.names import email_key
from socrekry.domain.pipeline import Pipeline
from socrekry.services.candidacies import Subject, load
from socrekry.services.candidates import add_person, add_to_cohort
from socrekry.services.cohorts import Cohort, fitting_cohorts
from socrekry.services.finding import find_candidacy
from socrekry.services.imported import Defect, Imported, Options, Row, Taken, Tally
from socrekry.services.imported_history import NotPossible, Visit, stage_words, visits_of, written
from socrekry.services.imported_update import updated
from socrekry.services.pipelines import find_pipeline, pipelines
from socrekry.services.staffing import find_staff
from socrekry.services.units import find_unit
from socrekry.services.universities import find_university
from socrekry.services.writing import Writing
from socrekry.store.connect import Store

T = TypeVar("T")
SAID_BY_ROW = ("cohort", "unit", "term", "pipeline")
_COLUMNS = {"unit": "unit", "pipeline": "pipeline", "term": "term"}


class _NothingKept(Exception):
    """Ends the transaction without keeping anything."""


class Place(NamedTuple):
    """Where a row's candidacy belongs: its cohort, the unit that was named, and the pipeline it begins on."""

    cohort: Cohort
    unit: int | None
    pipeline: Pipeline
    words: dict[str, str]


def known_stages(store: Store) -> dict[str, str]:
    """Return what a column may call a stage of any installed pipeline, each with the stage's name."""
    words: dict[str, str] = {}
    for each in pipelines(store):
        if each.latest:
            words = stage_words(each.pipeline) | words
    return words


def import_rows(writing: Writing, rows: Iterable[Row], options: Options) -> Imported:
    """Import every row, or nothing if one is bad and only good ones are not asked for.

    NotFound and Ambiguous where no cohort, or more than one, fits what was said for all rows.
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
        self._found: dict[tuple[str, object], object] = {}

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
        place, visits = self._place(row, defects), ()
        if place is not None:
            visits, found = visits_of(row, place.pipeline, place.words, self.writing.occasion.today)
            defects += found
        university = self._looked_up(row, "university", defects, lambda text: find_university(self.store, text).code)
        staff = self._staff(row, defects)
        known = self._known(row, defects)
        if defects or place is None:
            self.bad += defects
            return
        row = row._replace(details=row.details._replace(university=university))
        self._write(row, place, visits, staff, known)

    def answer(self) -> Imported:
        """Return what became of the table."""
        forbidden = bool(self.bad) and not self.options.keep_good
        return Imported(
            self.rows,
            self.worth_keeping and not self.writing.dry_run,
            () if forbidden else tuple(self.imported),
            () if forbidden else tuple(self.updated),
            () if forbidden else tuple(self.skipped),
            tuple(self.bad),
            () if forbidden else self._tallies(),
        )

    def _write(
        self, row: Row, place: Place, visits: tuple[Visit, ...], staff: dict[str, int], known: int | None
    ) -> None:
        if known is not None and self.options.on_duplicate == "skip":
            self._skip(row, known)
            return
        assert self.writing.command, "the import has a number, whatever becomes of its first row"
        try:
            with self.store.savepoint():
                if known is None:
                    self.imported.append(self._added(row, place, visits, staff, None))
                else:
                    self._update(row, place, visits, staff, known)
        except NotPossible as refused:
            for verdict in refused.verdicts:
                self.bad.append(row.defect(_column_of(verdict.guard, visits), verdict.reason, **verdict.facts))
        except SocrekryError as error:
            self.bad.append(row.defect_of(None, error))

    def _added(
        self, row: Row, place: Place, visits: tuple[Visit, ...], staff: dict[str, int], person: int | None
    ) -> Taken:
        """Add the person, unless she is known, and her candidacy with its history."""
        if person is None:
            person = add_person(self.writing, row.details, protected=row.protected)
        added = add_to_cohort(
            self.writing,
            person,
            place.cohort,
            visits[0].on if visits else self.options.on,
            unit=place.unit,
            channel=row.channel or self.options.channel,
            tags=row.tags,
            note=row.note,
            imported=bool(visits),
        )
        if len(visits) < 2 and not (row.facts or staff or row.outcome):
            return Taken(row.line, person, _number(added.candidacy), added.name, added.stage, "open", place.cohort.id)
        subject = load(self.store, find_candidacy(self.store, added.candidacy).id)
        return _taken(row, written(self.writing, subject, row, visits[1:], staff))

    def _update(
        self, row: Row, place: Place, visits: tuple[Visit, ...], staff: dict[str, int], person: int
    ) -> None:
        """Fill in what the row knows of a person; begin a candidacy if she has none in the cohort."""
        candidacy = self.store.value("importing.in_cohort", person=person, cohort=place.cohort.id)
        if candidacy is None:
            self._mend(row, person)
            self.updated.append(self._added(row, place, visits, staff, person))
            return
        subject, changed = updated(self.writing, load(self.store, candidacy), row, visits, staff)
        (self.updated if changed else self.skipped).append(_taken(row, subject))
