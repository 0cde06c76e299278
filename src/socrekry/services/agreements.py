"""Agreements with universities: placement seats asked for, offered and confirmed, and how many are used.

There is one for each university, term and unit (or for all units together). A seat is used by each student
of the university in a cohort of that term who has ever come to the placement. Confirmed seats that are fewer
than those used are not refused: the university decides, and often confirms late.
"""

from typing import NamedTuple

from socrekry.domain.errors import InvalidInput
from socrekry.domain.pipeline import from_definition
from socrekry.domain.term import Term
from socrekry.services.texts import kept_if_any
from socrekry.services.units import find_unit
from socrekry.services.universities import find_university
from socrekry.services.writing import Writing
from socrekry.store.connect import Store

ASKED, OFFERED, CONFIRMED = NUMBERS = ("asked", "offered", "confirmed")
MOST = 1_000


class Agreement(NamedTuple):
    """What is agreed on with a university for a term; None where nobody has said a number.

    ``placed`` is how many seats are used.
    """

    id: int
    university: str
    university_name: str
    term: Term
    unit: str | None
    asked: int | None
    offered: int | None
    confirmed: int | None
    contact: str | None
    placed: int

    @property
    def unconfirmed(self) -> int:
        """How many seats are used beyond those that are confirmed."""
        return max(0, self.placed - (self.confirmed or 0))


class Agreed(NamedTuple):
    """An agreement after a change: of which number, and what that was before (None: nothing)."""

    agreement: Agreement
    status: str
    before: int | None


def add_agreement(
    writing: Writing,
    university: str,
    term: Term,
    seats: int,
    status: str,
    *,
    unit: str | None = None,
    contact: str | None = None,
) -> Agreed:
    """Keep how many seats are asked for, offered or confirmed, in place of what was said before.

    An empty ``contact`` takes the contact away, None leaves it. InvalidInput ``agreement-status-invalid`` or
    ``seats-agreed-out-of-range``; NotFound and Ambiguous for the university and the unit.
    """
    if status not in NUMBERS:
        raise InvalidInput("agreement-status-invalid", value=status, statuses=list(NUMBERS))
    if not 0 <= seats <= MOST:
        raise InvalidInput("seats-agreed-out-of-range", value=seats, most=MOST)
    store = writing.store
    with writing.transaction():
        code = find_university(store, university).code
        of = find_unit(store, unit) if unit is not None else None
        whose = {"university": code, "term": term.code, "unit": of.id if of else None}
        row = store.row("agreements.find", **whose)
        fields = (*NUMBERS, "contact")
        before = dict(zip(fields, row[1:], strict=True)) if row else dict.fromkeys(fields)
        after = before | {status: seats}
        if contact is not None:
            after["contact"] = kept_if_any(contact, "contact", 200)
        if row is None:
            number = store.value("agreements.add", **whose, **after)
            writing.created("agreement", number)
        else:
            number = row[0]
            store.write("agreements.keep", **after, id=number)
            for field in fields:
                if before[field] != after[field]:
                    writing.edited("agreement", number, field, before[field], after[field])
        (kept,) = (each for each in _agreements(store, term.code, code, None) if each.id == number)
        return Agreed(kept, status, before[status])


def agreements(
    store: Store, term: Term | None = None, university: str | None = None, unit: str | None = None
) -> tuple[Agreement, ...]:
    """Return the agreements that are asked for, by term and university, with how many seats are used."""
    with store.snapshot():
        return _agreements(
            store,
            term.code if term else None,
            find_university(store, university).code if university is not None else None,
            find_unit(store, unit).id if unit is not None else None,
        )


def _agreements(
    store: Store, term: int | None, university: str | None, unit: int | None
) -> tuple[Agreement, ...]:
    placed = _placed(store, term, university)
    own: dict[tuple[str, int], set[int]] = {}
    for code, when, whose in store.rows("agreements.units"):
        own.setdefault((code, when), set()).add(whose)
    found = []
    for row in store.rows("agreements.list", term=term, university=university, unit=unit):
        number, code, name, when, whose, unit_name, asked, offered, confirmed, contact = row
        by_unit = placed.get((code, when), {})
        elsewhere = own.get((code, when), set())
        used = (
            by_unit.get(whose, 0)
            if whose is not None
            else sum(n for of, n in by_unit.items() if of not in elsewhere)
        )
        found.append(
            Agreement(
                number, code, name, Term.from_code(when), unit_name, asked, offered, confirmed, contact, used
            )
        )
    return tuple(found)


def _placed(
    store: Store, term: int | None, university: str | None
) -> dict[tuple[str, int], dict[int | None, int]]:
    """Return how many students have come to the placement, by university and term, and by unit."""
    stages: dict[int, str | None] = {}
    found: dict[tuple[str, int], dict[int | None, int]] = {}
    for code, when, unit, version, stage, number in store.rows(
        "agreements.reached", term=term, university=university
    ):
        if version not in stages:
            stage_of = from_definition(store.value("programme.definition", id=version)).placement_stage
            stages[version] = stage_of.name if stage_of else None
        if stage == stages[version]:
            by_unit = found.setdefault((code, when), {})
            by_unit[unit] = by_unit.get(unit, 0) + number
    return found
