"""Who has whom: a member of staff with her roles, and in each term her room and those who take it.

An assignment counts while its candidacy is open in a supervised stage, and in the term of its cohort; that of
somebody in no pipeline, such as an ordinary placement student, until it is ended or her term is over. Nobody
has more of them than room, or any in a role that is not hers: `require_limits` holds that whatever is
changed, and whichever way. Those whom row security hides are counted with the others.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from socrekry.domain.errors import NotFound, Refused
from socrekry.domain.guards import ROLES
from socrekry.domain.ids import candidacy_id, staff_id
from socrekry.domain.names import shown_name
from socrekry.domain.term import Term
from socrekry.store.connect import Store
from socrekry.store.engine import Row


class Supervised(NamedTuple):
    """A candidacy that somebody is assigned to, and in which roles."""

    id: str
    name: str
    roles: tuple[str, ...]


class Outsider(NamedTuple):
    """Somebody in no pipeline that somebody is assigned to, by her label, and in which roles."""

    label: str
    roles: tuple[str, ...]


class Load(NamedTuple):
    """One member of staff in one term: how many she has room for, and whom she has.

    ``out_of_sight`` are the roles of each candidate whom the one who asks may not see.
    """

    term: Term
    capacity: int
    candidates: tuple[Supervised, ...]
    externals: tuple[Outsider, ...] = ()
    out_of_sight: tuple[tuple[str, ...], ...] = ()

    @property
    def taken(self) -> int:
        """How many she has."""
        return len(self.candidates) + len(self.externals) + len(self.out_of_sight)

    @property
    def free(self) -> int:
        """How many more she has room for."""
        return max(0, self.capacity - self.taken)

    @property
    def whom(self) -> dict[str, Any]:
        """Whom she has, as the details of an error."""
        whom: dict[str, Any] = {
            "candidates": [{"id": each.id, "name": each.name} for each in self.candidates],
            "externals": [{"label": each.label} for each in self.externals],
        }
        return whom | ({"out_of_sight": len(self.out_of_sight)} if self.out_of_sight else {})

    def within(self, role: str) -> "Load":
        """Return those alone whom she has in that role."""
        return self._replace(
            candidates=tuple(each for each in self.candidates if role in each.roles),
            externals=tuple(each for each in self.externals if role in each.roles),
            out_of_sight=tuple(roles for roles in self.out_of_sight if role in roles),
        )


class Staff(NamedTuple):
    """A supervisor or mentor with her usual capacity, and her load in each term that is of interest."""

    id: int
    name: str
    roles: tuple[str, ...]
    capacity: int
    unit_id: int | None
    unit: str | None
    left_on: date | None
    loads: tuple[Load, ...] = ()

    @property
    def label(self) -> str:
        """The id as it is shown: ``S-1``."""
        return staff_id(self.id)


def read_staff(store: Store, number: int, current: Term | None = None) -> Staff:
    """Return a member of staff with her loads in every term; NotFound ``staff-not-found``.

    With the ``current`` term, those in no pipeline are left out of the terms before it, which are over.
    """
    rows = store.rows("programme.staff_member", id=number)
    if not rows:
        raise NotFound("staff-not-found", ref=staff_id(number))
    return staff_of_rows(store, rows, None, current)[0]


def require_limits(
    store: Store, number: int, *, needs_a_role: bool = True, current: Term | None = None
) -> None:
    """Raise Refused if a member of staff has more than she has room for, or a role that she lacks.

    The codes are ``capacity-taken``, ``role-in-use`` and, unless none is needed, ``role-missing``.
    ``current`` is as in `read_staff`.
    """
    rows = store.rows("programme.staff_member", id=number)
    for member in staff_of_rows(store, rows, None, current):
        for load in member.loads:
            _require_room(member, load)
            _require_roles(member, load)
        if needs_a_role and not member.roles:
            raise Refused("role-missing", id=member.label, name=member.name)


def room_taken(member: Staff, load: Load) -> Refused:
    """Return what refuses those she has in a term as too many."""
    return Refused(
        "capacity-taken",
        id=member.label,
        name=member.name,
        term=str(load.term),
        taken=load.taken,
        capacity=load.capacity,
        **load.whom,
    )


def _require_room(member: Staff, load: Load) -> None:
    if load.taken > load.capacity:
        raise room_taken(member, load)


def _require_roles(member: Staff, load: Load) -> None:
    for role in ROLES:
        used = load.within(role)
        if used.taken and role not in member.roles:
            raise Refused(
                "role-in-use",
                id=member.label,
                name=member.name,
                term=str(load.term),
                role=role,
                **used.whom,
            )


def staff_of_rows(
    store: Store, rows: Sequence[Row], term: Term | None, current: Term | None = None
) -> list[Staff]:
    """Return the staff of some rows with roles and loads; one row is read by itself."""
    only = rows[0][0] if len(rows) == 1 else None
    roles: dict[int, list[str]] = {}
    for number, role in store.rows("programme.staff_roles", staff=only):
        roles.setdefault(number, []).append(role)
    capacities: dict[tuple[int, int], int] = {
        (who, code): n for who, code, n in store.rows("programme.staff_capacities", staff=only)
    }
    assigned = _assigned(store, only)
    outsiders = _outsiders(store, only, term, current)
    terms: dict[int, set[int]] = {}
    for who, code in (*capacities, *assigned, *outsiders):
        terms.setdefault(who, set()).add(code)
    found = []
    for row in rows:
        number = row[0]
        codes = [term.code] if term else sorted(terms.get(number, ()))
        loads = [
            Load(
                Term.from_code(code),
                capacities.get((number, code), int(row[3])),
                tuple(assigned.get((number, code), _Taken({}, {})).seen.values()),
                tuple(outsiders.get((number, code), {}).values()),
                tuple(assigned.get((number, code), _Taken({}, {})).hidden.values()),
            )
            for code in codes
        ]
        found.append(member_of_row(row, roles.get(number, []), tuple(loads)))
    return found


def member_of_row(row: Row, roles: Sequence[str], loads: tuple[Load, ...]) -> Staff:
    """Return the member of staff of a row, with what is known of her besides."""
    number, name, _, capacity, unit_id, unit, left_on = row
    left = date.fromisoformat(left_on) if left_on else None
    held = tuple(role for role in ROLES if role in roles)
    return Staff(number, name, held, capacity, unit_id, unit, left, loads)


class _Taken(NamedTuple):
    """Who takes of somebody's room in a term: those who are seen, by label; the roles of others by number."""

    seen: dict[str, Supervised]
    hidden: dict[int, tuple[str, ...]]


def _assigned(store: Store, staff: int | None) -> dict[tuple[int, int], _Taken]:
    """Return whom each member of staff has in each term, once each, whatever the roles."""
    found: dict[tuple[int, int], _Taken] = {}
    rows = store.rows("programme.assigned", staff=staff)
    for number, code, person, candidacy, name, protected, role, id_ in rows:
        seen, hidden = found.setdefault((number, code), _Taken({}, {}))
        if person is None:
            hidden[id_] = (*hidden.get(id_, ()), role)
            continue
        label = candidacy_id(person, candidacy)
        earlier = seen[label].roles if label in seen else ()
        seen[label] = Supervised(label, shown_name(name, protected), (*earlier, role))
    return found


def _outsiders(
    store: Store, staff: int | None, term: Term | None, current: Term | None
) -> dict[tuple[int, int], dict[str, Outsider]]:
    """Return whom besides each member of staff has in each term, once each, whatever the roles."""
    found: dict[tuple[int, int], dict[str, Outsider]] = {}
    which = {"term": term.code if term else None, "current": current.code if current and not term else None}
    for _, label, key, number, _, role, code, _ in store.rows("programme.externals", staff=staff, **which):
        held = found.setdefault((number, code), {})
        known = held.get(key, Outsider(label, ()))
        held[key] = known._replace(roles=(*known.roles, role))
    return found
