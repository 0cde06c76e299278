"""What an import is given, row by row, and what it answers.

A row holds what could be read and a defect for everything that could not, so that all that is wrong with it
is told at once. What stands in a row of somebody with protected identity is never repeated in a defect.
"""

from array import array
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, overload

from socrekry.domain.errors import SocrekryError
from socrekry.domain.ids import candidacy_id, candidate_id
from socrekry.domain.names import search_key
from socrekry.domain.term import Term
from socrekry.services.duplicates import Resemblance
from socrekry.services.noting import NewFact
from socrekry.services.persons import Details

HIDDEN = "•••"
NAMED = 500
"""So many of those who were taken are told by name."""


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
    says and ``fact:degree_on`` for its day. ``channel`` is a channel's word or an activity's id. Rows that
    have the same ``candidate`` are about one person, who has a candidacy for each of them.
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
    candidate: str | None = None

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


class TakenRows(Sequence[Taken]):
    """Rows that were taken, in some thirty bytes each: a million candidates are told of as well as ten.

    Names are kept of the first `NAMED`, whom a screen shows.
    """

    def __init__(self) -> None:
        self._lines, self._persons, self._numbers = array("q"), array("q"), array("q")
        self._standings = array("q")
        self._names: list[str] = []
        self._known: dict[tuple[str, str, int], int] = {}
        self._kinds: list[tuple[str, Mapping[str, str], str, int]] = []
        self._counts: list[int] = []

    def add(self, taken: Taken) -> None:
        """Add a row."""
        line, person, number, name, stage, titles, state, cohort = taken
        self.add_at(line, person, number, name, self.standing(stage, titles, state, cohort))

    def standing(self, stage: str, titles: Mapping[str, str], state: str, cohort: int) -> int:
        """Return the number, here, of a stage where some stand."""
        kind = self._known.get((stage, state, cohort))
        if kind is None:
            kind = self._known[stage, state, cohort] = len(self._kinds)
            self._kinds.append((stage, titles, state, cohort))
            self._counts.append(0)
        return kind

    def add_at(self, line: int, person: int, number: int, name: str, standing: int) -> None:
        """Add a row by the number of where it stands."""
        if len(self._names) < NAMED:
            self._names.append(name)
        self._lines.append(line)
        self._persons.append(person)
        self._numbers.append(number)
        self._standings.append(standing)
        self._counts[standing] += 1

    @overload
    def __getitem__(self, place: int) -> Taken: ...
    @overload
    def __getitem__(self, place: slice) -> list[Taken]: ...
    def __getitem__(self, place: int | slice) -> Taken | list[Taken]:
        if isinstance(place, slice):
            return [self._at(each) for each in range(*place.indices(len(self)))]
        return self._at(range(len(self))[place])

    def __len__(self) -> int:
        return len(self._lines)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and [*self] == [*other]

    __hash__ = None  # type: ignore[assignment]

    def _at(self, place: int) -> Taken:
        name = self._names[place] if place < len(self._names) else ""
        whose = self._lines[place], self._persons[place], self._numbers[place], name
        return Taken(*whose, *self._kinds[self._standings[place]])

    def counts(self) -> list[tuple[int, str, str, int]]:
        """Return how many stand where: cohort, stage, state and their number."""
        return [
            (cohort, stage, state, number)
            for (stage, _, state, cohort), number in zip(self._kinds, self._counts, strict=True)
        ]


class Tally(NamedTuple):
    """How many were imported into a cohort, by where they stand; the last are those that are closed."""

    cohort: str
    stages: tuple[tuple[Mapping[str, str], int], ...]
    closed: int


class Imported(NamedTuple):
    """What became of a table: how many rows it has, and what was done with each.

    ``held_back`` says that good rows were not taken because others are bad; ``kept``, that anything was.
    ``resembles`` are the new candidates who resemble others, each with whom; of many at once nobody asks,
    and they were not ``compared``.
    """

    rows: int
    kept: bool
    held_back: bool
    imported: Sequence[Taken]
    updated: Sequence[Taken]
    skipped: Sequence[Taken]
    bad: tuple[Defect, ...]
    tallies: tuple[Tally, ...]
    resembles: tuple[tuple[str, tuple[Resemblance, ...]], ...] = ()
    compared: bool = True

    @property
    def bad_rows(self) -> int:
        """How many rows have a defect."""
        return len({each.line for each in self.bad})


def column_key(text: str) -> str:
    """Return what makes two column names the same: case, accents, ``_``, ``-`` and ``:`` do not matter."""
    return " ".join("".join(each if each.isalnum() else " " for each in search_key(text)).split())
