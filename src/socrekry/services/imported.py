"""What an import is given, row by row, and what it answers.

A row holds what could be read and a defect for everything that could not, so that all that is wrong with it
is told at once. What stands in a row of somebody with protected identity is never repeated in a defect.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from socrekry.domain.errors import SocrekryError
from socrekry.domain.ids import candidacy_id, candidate_id
from socrekry.domain.names import search_key
from socrekry.domain.term import Term
from socrekry.services.noting import NewFact
from socrekry.services.persons import Details

HIDDEN = "•••"


class Defect(NamedTuple):
    """What is wrong in a row, and where: ``column`` is its name in the file, or the field if it has none."""

    line: int
    column: str | None
    value: str | None
    code: str
    details: dict[str, Any]


class DatedStage(NamedTuple):
    """A day on which a stage was entered; the stage as its column calls it, in the form of `column_key`."""

    stage: str
    on: date

    @property
    def field(self) -> str:
        """What the column is called among a row's cells."""
        return f"stage:{self.stage}"


class Row(NamedTuple):
    """One row of a table of candidates.

    ``cells`` are those that are filled, as they stand in the file, and ``titles`` the names of all columns;
    both by field: a field of this row, ``stage:applied`` for a stage's day, ``fact:degree`` for what a fact
    says and ``fact:degree_on`` for its day. ``channel`` is a channel's word or an activity's id.
    """

    line: int
    cells: Mapping[str, str]
    titles: Mapping[str, str]
    defects: tuple[Defect, ...] = ()
    details: Details = Details()
    protected: bool = False
    term: Term | None = None
    channel: str | None = None
    tags: tuple[str, ...] = ()
    note: str | None = None
    stages: tuple[DatedStage, ...] = ()
    facts: tuple[NewFact, ...] = ()
    outcome: str | None = None
    closed_on: date | None = None
    reason: str | None = None
    by: str | None = None

    def defect(self, field: str | None, code: str, /, **details: Any) -> Defect:
        """Return a defect of this row, in the column of that field."""
        column = self.titles.get(field, field) if field else None
        value = self.cells.get(field) if field else None
        if self.protected and value is not None:
            details = {name: HIDDEN if each == value else each for name, each in details.items()}
            value = None
        return Defect(self.line, column, value, code, details)

    def defect_of(self, field: str | None, error: SocrekryError) -> Defect:
        """Return what an error says as a defect of this row."""
        return self.defect(field, error.code, **error.details)


class Options(NamedTuple):
    """What holds for rows that do not say it themselves, and what to do with those that cannot be kept.

    ``on`` is the day on which a row without any date begins; ``on_duplicate`` is fail, skip or update.
    """

    on: date
    term: Term | None = None
    pipeline: str | None = None
    unit: str | None = None
    cohort: str | None = None
    channel: str | None = None
    on_duplicate: str = "fail"
    keep_good: bool = False


class Taken(NamedTuple):
    """A row that was imported, updated or skipped: whose it is, and where she stands now."""

    line: int
    person: int
    number: int
    name: str
    stage: str
    titles: Mapping[str, str]
    state: str
    cohort: int

    @property
    def id(self) -> str:
        """The candidate's id: ``C-1``."""
        return candidate_id(self.person)

    @property
    def candidacy(self) -> str:
        """The candidacy's id: ``C-1.1``."""
        return candidacy_id(self.person, self.number)


class Tally(NamedTuple):
    """How many were imported into a cohort, by where they stand; the last are those that are closed."""

    cohort: str
    stages: tuple[tuple[Mapping[str, str], int], ...]
    closed: int


class Imported(NamedTuple):
    """What became of a table: how many rows it has, and what was done with each.

    ``held_back`` says that good rows were not taken because others are bad; ``kept``, that anything was.
    """

    rows: int
    kept: bool
    held_back: bool
    imported: tuple[Taken, ...]
    updated: tuple[Taken, ...]
    skipped: tuple[Taken, ...]
    bad: tuple[Defect, ...]
    tallies: tuple[Tally, ...]

    @property
    def bad_rows(self) -> int:
        """How many rows have a defect."""
        return len({each.line for each in self.bad})


def column_key(text: str) -> str:
    """Return what makes two column names the same: case, accents, ``_``, ``-`` and ``:`` do not matter."""
    return " ".join("".join(each if each.isalnum() else " " for each in search_key(text)).split())
