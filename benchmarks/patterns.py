"""A course as rows with blanks: its log, the candidacy's row, and what is derived from the log.

Everything is made by the functions that the services use, so that a column or an event that is added there is
here as well.
"""

from datetime import date
from typing import Any, NamedTuple

from benchmarks.courses import STAFF, Course, Intake
from socrekry.domain.candidacy import Candidacy
from socrekry.domain.events import NAMES, to_body
from socrekry.services.cached_rows import assignment_rows, fact_rows, iso, stay_rows
from socrekry.services.candidacies import Subject, cached
from socrekry.store.log import GENESIS, canonical


class Met(NamedTuple):
    """An activity at which somebody may have been met."""

    id: int
    kind: str
    on: date


class Place(NamedTuple):
    """A cohort, the number of its pipeline, who works there, and where its candidates were met."""

    intake: Intake
    pipeline: int
    staff: tuple[int, ...]
    met: tuple[Met, ...]


class Given(NamedTuple):
    """A command as it was given: its number, the actor's, and when."""

    number: int
    actor: int
    at: str


class Line(NamedTuple):
    """An entry of the log before its blanks are filled."""

    seq: int
    given: Given
    day: str | None
    kind: str
    blanks: tuple[int, ...]
    body: str


class Pattern:
    """A course as rows, with its blanks: what the candidacies of a class are stamped out of."""

    def __init__(self, course: Course, place: Place, given: list[Given]) -> None:
        self.course, self.place, self.given = course, place, given
        state, blanks = course.state, {*STAFF.values(), *(each.blank for each in course.words)}
        self.log = []
        for entry in state.entries:
            body = canonical(to_body(entry.event))
            within = tuple(each for each in blanks if str(each) in body)
            kind, day = NAMES[type(entry.event)], iso(entry.occurred_on)
            self.log.append(Line(entry.seq, given[entry.command], day, kind, within, body))
        derived = {
            "stay": stay_rows(0, state),
            "fact": fact_rows(0, 0, state),
            "assignment": assignment_rows(0, state),
        }
        self.derived = [
            (table, row, tuple(name for name, value in row.items() if value in blanks))
            for table, rows in derived.items()
            for row in rows
        ]
        self.columns = self._columns()

    def _columns(self) -> dict[str, Any]:
        """Return the columns of the candidacy's row that its log decides, but for the log's end."""
        intake, own = self.place.intake, ("candidacy", "cohort", "unit", "head_seq", "head_hash")
        before = Candidacy(cohort=intake.cohort, unit=intake.unit)
        subject = Subject(
            0, 0, 1, "", (0, GENESIS), self.place.pipeline, intake.pipeline, before, intake.term,
            None, None, False, None, False,
        )  # fmt: skip
        kept = cached(subject, self.course.state, (0, ""))
        columns = {name: value for name, value in kept.items() if name not in own}
        return columns | {"cohort_id": kept["cohort"], "unit_id": kept["unit"]}
