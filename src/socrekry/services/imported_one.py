"""Import one row by the everyday way: added, brought up to what it says, or found where it stands.

This is how a command would do it, and so what the quick way for many rows has to come to as well
(`services.imported_batches`); a row that does not go there – somebody is known, row security looks at each
row, a rule says no – goes here.
"""

from datetime import date
from typing import NamedTuple

from socrekry.domain.candidacy import OPEN
from socrekry.domain.names import shown_name
from socrekry.services.candidacies import Subject, load, pipeline_of
from socrekry.services.candidates import add_to_cohort
from socrekry.services.finding import find_candidacy
from socrekry.services.imported import Row, Taken
from socrekry.services.imported_history import Visit, written
from socrekry.services.imported_lookups import Place
from socrekry.services.imported_update import caught_up, mended
from socrekry.services.persons import add_person
from socrekry.services.touches import Source, touch_by
from socrekry.services.writing import Writing
from socrekry.store.connect import Store


class Told(NamedTuple):
    """What a row tells of a candidacy once everything that it names has been found."""

    place: Place
    visits: tuple[Visit, ...]
    staff: dict[str, int]
    source: Source | None


def added(writing: Writing, row: Row, told: Told, on: date, person: int | None = None) -> Taken:
    """Add the person, unless she is known, and her candidacy with its history, inside a transaction.

    RefusedBy, and what adding a candidate raises.
    """
    place, visits, staff, source = told
    if person is None:
        person = add_person(writing, row.details, protected=row.protected)
    new = add_to_cohort(
        writing,
        person,
        place.cohort,
        visits[0].on if visits else on,
        unit=place.unit,
        source=source,
        tags=row.tags,
        note=row.note,
        imported=bool(visits),
    )
    if len(visits) < 2 and not (row.facts or row.outcome or staff):  # it is not read back for nothing
        number, here = int(new.candidacy.partition(".")[2]), place.cohort.id
        return Taken(row.line, person, number, new.name, new.stage, new.titles, OPEN, here)
    subject = load(writing.store, find_candidacy(writing.store, new.candidacy).id)
    return _taken(row, written(writing, subject, row, visits[1:], staff))


def updated(writing: Writing, row: Row, told: Told, on: date, person: int) -> Taken | None:
    """Fill in what the row knows of a person, and her candidacy's later stages; None if nothing was new.

    One who has no candidacy in the cohort begins one.
    """
    new = mended(writing, person, row)
    candidacy, cohort = _candidacy_of(writing.store, person, told.place)
    if cohort != told.place.cohort.id:
        return added(writing, row, told, on, person)
    new |= told.source is not None and touch_by(writing, person, told.source)
    before = load(writing.store, candidacy)
    after = caught_up(writing, before, row, told.visits, told.staff)
    return _taken(row, after) if new or after.head != before.head else None


def standing(store: Store, row: Row, place: Place, person: int) -> Taken:
    """Return where a person stands whom the row is about: in its cohort, if she has a candidacy there."""
    candidacy, cohort = _candidacy_of(store, person, place)
    found = store.row("importing.standing", candidacy=candidacy)
    assert found is not None, "it was found a moment ago"
    number, stage, state, name, protected, definition = found
    titles = pipeline_of(definition).stage(stage).titles
    return Taken(row.line, person, number, shown_name(name, protected), stage, titles, state, cohort)


def _candidacy_of(store: Store, person: int, place: Place) -> tuple[int, int]:
    """Return the number and the cohort of the candidacy that a known person's row is about."""
    row = store.row("importing.candidacy_of", person=person, cohort=place.cohort.id)
    assert row is not None, "whoever is found by her address has a candidacy that counts"
    return row[0], row[1]


def _taken(row: Row, subject: Subject) -> Taken:
    now = subject.candidacy
    titles = subject.pipeline.stage(now.stage).titles
    return Taken(
        row.line, subject.person, subject.number, subject.name, now.stage, titles, now.state, now.cohort
    )
