"""Find what a row names in the store: its cohort, university and staff, each looked up once.

Whatever cannot be found is a defect of every row that names it; a cohort that was said for all rows is found
or the import ends there, for then it is no row's fault. A look-up for each row would read whole tables of
universities and units as often as there are rows.
"""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from socrekry.domain.candidacy import Candidacy
from socrekry.domain.errors import Ambiguous, InvalidInput, NotFound, SocrekryError
from socrekry.domain.guards import ROLES
from socrekry.domain.pipeline import Pipeline
from socrekry.domain.term import Term
from socrekry.services.candidacies import Subject, pipeline_of
from socrekry.services.candidates import only_cohort
from socrekry.services.cohorts import Cohort
from socrekry.services.imported import Defect, Options, Row
from socrekry.services.imported_history import stage_words
from socrekry.services.staffing import find_staff
from socrekry.services.touches import Source, find_source
from socrekry.services.units import find_unit
from socrekry.services.universities import find_university
from socrekry.services.writing import Writing
from socrekry.store.log import GENESIS

K = TypeVar("K")
T = TypeVar("T")
_STAFF = frozenset(ROLES)
SAID_BY_ROW = ("cohort", "unit", "term", "pipeline")


class Place(NamedTuple):
    """Where a row's candidacy belongs: its cohort, the unit that was named, and the pipeline it begins on.

    ``here`` is a candidacy of nobody's there, by which limits are asked.
    """

    cohort: Cohort
    unit: int | None
    pipeline: Pipeline
    words: dict[str, str]
    here: Subject


class Lookups:
    """What the rows of one import name, and where it is."""

    def __init__(self, writing: Writing, options: Options, quiet: Callable[[], None] = lambda: None) -> None:
        """Take what is said for all rows; ``quiet`` is called before the store is asked."""
        self._quiet = quiet
        self.store, self.today, self.options = writing.store, writing.occasion.today, options
        self.places: dict[int, Place] = {}
        self._found: dict[tuple[str, Any], Any] = {}
        self._every_source = None if options.channel is None else self._found_source(options.channel)

    def place(self, row: Row, defects: list[Defect]) -> Place | None:
        """Return where the row belongs, by what it says or else by what was said for all rows."""
        if "term" in row.cells and row.term is None:
            return None
        every, cells = self.options, row.cells
        said = (cells.get("pipeline", every.pipeline), row.term or every.term, cells.get("unit", every.unit))
        found = self._once("place", (*said, cells.get("cohort", every.cohort)), self._found_place)
        if isinstance(found, Place):
            return found
        if not any(field in cells for field in SAID_BY_ROW):
            raise found
        column = next(field for field in (found.code.partition("-")[0], *SAID_BY_ROW) if field in cells)
        defects.append(row.defect_of(column, found))
        return None

    def _found_place(self, said: tuple[str | None, Term | None, str | None, str | None]) -> Place:
        pipeline, term, unit, name = said
        try:
            cohort = only_cohort(self.store, self.today, term=term, pipeline=pipeline, unit=unit, cohort=name)
        except InvalidInput as error:
            if error.code != "cohort-none-fits" or pipeline is None or term is None:
                raise
            raise NotFound("cohort-not-opened", pipeline=pipeline, term=str(term)) from error
        installed = self.store.row("programme.latest_pipeline", name=cohort.pipeline)
        if installed is None:
            raise NotFound("pipeline-not-found", pipeline=cohort.pipeline)
        begun_on = pipeline_of(installed[1])
        of = find_unit(self.store, unit).id if unit is not None else None
        here = nobody(installed[0], begun_on, Candidacy(cohort=cohort.id, unit=of), cohort.term)
        place = Place(cohort, of, begun_on, stage_words(begun_on), here)
        self.places[cohort.id] = place
        return place

    def staff(self, row: Row, defects: list[Defect]) -> dict[str, int]:
        """Return who was assigned, by role."""
        if _STAFF.isdisjoint(row.cells):
            return {}
        named = {
            role: self._looked_up(row, role, defects, lambda ref: find_staff(self.store, ref).id)
            for role in ROLES
        }
        return {role: number for role, number in named.items() if number is not None}

    def source(self, row: Row, defects: list[Defect]) -> Source | None:
        """Return how somebody was first met, by what the row says or else by what was said for all rows."""
        if row.channel is None:
            return self._every_source
        found = self._once("source", row.channel, self._found_source)
        if isinstance(found, SocrekryError):
            defects.append(row.defect_of("source", found))
            return None
        return found

    def _found_source(self, text: str) -> Source:
        return find_source(self.store, text, self.today)

    def university(self, row: Row, defects: list[Defect]) -> str | None:
        """Return the code of the university that the row names."""
        return self._looked_up(
            row, "university", defects, lambda text: find_university(self.store, text).code
        )

    def _looked_up(self, row: Row, field: str, defects: list[Defect], find: Callable[[str], T]) -> T | None:
        """Return what the cell of a field names in the store; None where it is empty or names nothing."""
        text = row.cells.get(field)
        if text is None or (row.protected and field == "university"):
            return None
        found = self._once(field, text, find)
        if isinstance(found, SocrekryError):
            defects.append(row.defect_of(field, found))
            return None
        return found

    def _once(self, kind: str, key: K, find: Callable[[K], T]) -> T | SocrekryError:
        """Look something up the first time it is asked for; return the error if there is none."""
        if (kind, key) not in self._found:
            self._quiet()
            try:
                self._found[kind, key] = find(key)
            except (NotFound, Ambiguous, InvalidInput) as error:
                self._found[kind, key] = error
        found: T | SocrekryError = self._found[kind, key]
        return found


def nobody(version: int, pipeline: Pipeline, candidacy: Candidacy, term: Term) -> Subject:
    """Return a candidacy that is nobody's and in no store, on a version of a pipeline."""
    whose: tuple[int, int, int, str] = (0, 0, 1, "")
    return Subject(*whose, (0, GENESIS), version, pipeline, candidacy, term, None, None, False, None, False)
