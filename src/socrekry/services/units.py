"""Units: what guards must know of the places where candidates work.

A unit is declared once, with whether it works with children and youth: on that rests whether a
register check and a degree are asked for. A unit that anybody could make by misspelling another
would silently ask for nothing.
"""

from typing import NamedTuple

from socrekry.domain.errors import Ambiguous, NotFound, Refused
from socrekry.domain.matching import matching
from socrekry.domain.names import search_key, sort_key
from socrekry.services.texts import kept_if_any, kept_text
from socrekry.services.writing import Writing
from socrekry.store.connect import Store


class Unit(NamedTuple):
    """A unit of an employer (a municipality), and whether it works with children and youth."""

    id: int
    name: str
    employer: str | None
    child_and_youth: bool


class UnitInUse(NamedTuple):
    """A unit with its open candidacies and the staff that have not left it."""

    unit: Unit
    open: int
    staff: int


def add_unit(writing: Writing, name: str, employer: str | None = None, child_and_youth: bool = False) -> Unit:
    """Declare a unit. Refused ``unit-known`` if there is one of that name, however it is spelt."""
    name = kept_text(name, "name", 120)
    employer = kept_if_any(employer, "employer", 120)
    with writing.transaction():
        for _, known, _, _, key in writing.store.rows("programme.unit_names"):
            if key == search_key(name):
                raise Refused("unit-known", unit=known)
        number = writing.store.value(
            "programme.add_unit",
            name=name,
            employer=employer,
            child_and_youth=child_and_youth,
            search_key=search_key(name),
        )
        writing.created("unit", number)
    return Unit(number, name, employer, child_and_youth)


def units(store: Store) -> tuple[UnitInUse, ...]:
    """Return every unit, sorted as a Swedish reader expects."""
    rows = [
        UnitInUse(Unit(number, name, employer, bool(children)), open_, staff)
        for number, name, employer, children, _, open_, staff in store.rows("programme.units")
    ]
    return tuple(sorted(rows, key=lambda row: sort_key(row.unit.name)))


def find_unit(store: Store, name: str) -> Unit:
    """Return the unit of that name, or the only one whose name contains it.

    NotFound ``unit-not-found`` lists those there are; Ambiguous ``unit-ambiguous`` those that it may be.
    """
    rows = store.rows("programme.unit_names")
    found = matching(rows, name, lambda row: str(row[4]))
    if not found:
        raise NotFound("unit-not-found", unit=name, units=[row[1] for row in rows])
    if len(found) > 1:
        raise Ambiguous("unit-ambiguous", unit=name, candidates=[{"name": row[1]} for row in found])
    number, known, employer, children, _ = found[0]
    return Unit(number, known, employer, bool(children))
