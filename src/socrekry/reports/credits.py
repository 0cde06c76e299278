"""Who has the credit for which candidacy: read what is known of contacts, and ask the domain.

Only those are looked at one by one whom an activity has touched or who have several candidacies; all others
have at most one contact, the word on their only candidacy, and are counted by the store (`words`). Whoever
an activity of the scope has touched is read whole, with candidacies of other terms too: a cost is divided
among all that it brought.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from socrekry.domain.attribution import Contact, Origin, contacts_of, counting_for, graduating_terms
from socrekry.domain.pipeline import Pipeline, from_definition
from socrekry.reports.asking import Scope
from socrekry.reports.tallied import credits_answer
from socrekry.store.connect import Store


class Cell(NamedTuple):
    """Where a candidacy belongs: its cohort's term (a code), its unit (0: none), its pipeline ("": none)."""

    term: int
    unit: int
    pipeline: str


class Lead(NamedTuple):
    """A candidacy, the contacts that have the credit for it, and in which figures it counts.

    They are lead, applied, qualified, graduating and hired, in that order: 1 or 0 in each.
    """

    cell: Cell
    counts: tuple[int, ...]
    credited: Sequence[Contact]


class Word(NamedTuple):
    """A term (a code), a channel (None: unknown), and how many candidacies count in which figure."""

    term: int
    channel: str | None
    counts: tuple[int, ...]


class Brought(NamedTuple):
    """What an activity has brought to a cell: how many candidacies count in which figure."""

    activity: int
    cell: Cell
    counts: tuple[int, ...]


class _Marks(NamedTuple):
    """The stages of a pipeline by which a candidacy counts as applied, qualified, hired and ended."""

    base: str | None
    qualified: str | None
    hired: str
    won: str


class _Version(NamedTuple):
    name: str
    marks: _Marks


class _Candidacy(NamedTuple):
    """A candidacy as it is read; ``reached`` says whether it came to be applied, qualified and hired."""

    cell: Cell
    origin: Origin
    graduates: int | None
    reached: tuple[int, int, int]


class _Soon:
    """Says whether somebody who was met on a day was to graduate soon; each day is looked up once."""

    def __init__(self) -> None:
        self._terms: dict[str, tuple[int, int]] = {}

    def graduates(self, term: int | None, day: str) -> bool:
        """Say it of the term (a code, None where it is not known) and the day (ISO)."""
        if term is None:
            return False
        if day not in self._terms:
            this, following = graduating_terms(date.fromisoformat(day))
            self._terms[day] = this.code, following.code
        return term in self._terms[day]


class Crediting:
    """Reads the candidacies of a scope, and who has the credit for them."""

    def __init__(self, store: Store, scope: Scope) -> None:
        self._store, self._scope = store, scope
        self._soon = _Soon()
        self._versions = {
            number: _Version(name, _marks(from_definition(text)))
            for number, name, text in store.rows("channels.pipelines")
        }

    @property
    def tallied(self) -> bool:
        """Whether all that first contacts have the credit for is read from the tally: `brought`, `words`."""
        return credits_answer(self._store, self._scope.as_of)

    def brought(self) -> Iterator[Brought]:
        """Give what the activities have brought that bear on the scope, wherever it came."""
        rows = self._store.rows("tallied.credits", **self._scope.values)
        for activity, term, unit, version, *reached in rows:
            name, marks = self._versions[version]
            yield Brought(activity, Cell(term, unit, name), _counts(marks, *reached))

    def tallied_words(self) -> Iterator[Word]:
        """Give the candidacies of the scope that no activity has the credit for."""
        rows = self._store.rows("tallied.credits_of_words", **self._scope.values)
        for term, channel, version, *reached in rows:
            yield Word(term, channel, _counts(self._versions[version].marks, *reached))

    def words(self) -> Iterator[Word]:
        """Give the candidacies of the scope whose person has no other contact, counted together."""
        rows = self._store.rows("channels.words", **self._scope.values)
        for term, channel, version, stage, begins, graduates, day, n in rows:
            marks = self._versions[version].marks
            soon = day is not None and self._soon.graduates(graduates, day)
            yield Word(term, channel, _counts(marks, stage, begins, soon, n))

    def leads(self, *, shared: bool) -> Iterator[Lead]:
        """Give all others one by one, and the candidacies that they have beyond the scope as well."""
        touches: dict[int, list[Contact]] = {}
        for person, *touch in self._store.rows("channels.touches", **self._scope.values):
            touches.setdefault(person, []).append(Contact.touch(*touch))
        for person, found in self._candidacies().items():
            contacts = contacts_of(touches.get(person, ()), [each.origin for each in found])
            for cell, origin, graduates, (applied, qualified, hired) in found:
                counting = counting_for(contacts, origin.ended)
                met = counting[0].day if counting else origin.began
                soon = self._soon.graduates(graduates, met.isoformat())
                yield Lead(cell, (1, applied, qualified, soon, hired), counting if shared else counting[:1])

    def _candidacies(self) -> dict[int, list[_Candidacy]]:
        """Return the candidacies of each person: a statement for each way of marking the stages."""
        read = date.fromisoformat
        found: dict[int, list[_Candidacy]] = {}
        for name, marks in sorted(set(self._versions.values()), key=str):
            whose = {number for number, version in self._versions.items() if version == (name, marks)}
            values = self._scope.values | marks._asdict() | {"name": name}
            for row in self._store.rows("channels.candidacies", **values):
                person, number, channel, version, term, unit, graduates, began, ended = row[:9]
                if version in whose:
                    origin = Origin(number, channel, read(began), read(ended) if ended else None)
                    candidacy = _Candidacy(Cell(term, unit or 0, name), origin, graduates, row[9:])
                    found.setdefault(person, []).append(candidacy)
        return found


def _counts(marks: _Marks, stage: str, begins: bool, graduating: bool, n: int) -> tuple[int, ...]:
    """Return in which figures those count who reached a stage."""
    return (
        n if begins else 0,
        n if stage == marks.base else 0,
        n if stage == marks.qualified else 0,
        n if graduating else 0,
        n if stage == marks.hired else 0,
    )


def _marks(pipeline: Pipeline) -> _Marks:
    base, qualified = pipeline.base_stage, pipeline.qualified_stage
    return _Marks(
        base.name if base else None,
        qualified.name if qualified else None,
        pipeline.hired_stage.name,
        pipeline.main_path[-1].name,
    )
