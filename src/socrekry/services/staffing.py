"""Staff: supervisors and mentors, and how much room each has in a term.

Capacity is a limit in each term: a capacity of its own for the term, or else the usual one. It is never
less than the candidacies in a supervised stage, and the placement students in no pipeline, that she is
assigned to. Those whose time is over are kept, for their assignments are history.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from socrekry.domain.errors import Ambiguous, InvalidInput, NotFound, Refused
from socrekry.domain.guards import ROLES
from socrekry.domain.ids import parsed_number, staff_id
from socrekry.domain.matching import matching
from socrekry.domain.names import search_key, sort_key
from socrekry.domain.term import Term, term_of
from socrekry.services.loads import Staff, member_of_row, read_staff, require_limits, staff_of_rows
from socrekry.services.texts import kept_text
from socrekry.services.units import find_unit
from socrekry.services.writing import Writing
from socrekry.store.connect import Store

MOST_CAPACITY = 1_000
EDITABLE = ("name", "capacity", "unit_id", "left_on")


class StaffChanges(NamedTuple):
    """What to change of a member of staff; None leaves it as it is.

    With a ``term``, ``capacity`` holds in that term alone.
    """

    name: str | None = None
    unit: str | None = None
    capacity: int | None = None
    term: Term | None = None
    add_roles: tuple[str, ...] = ()
    drop_roles: tuple[str, ...] = ()
    left_on: date | None = None


def add_staff(
    writing: Writing, name: str, roles: Sequence[str], unit: str | None = None, capacity: int = 1
) -> Staff:
    """Add a supervisor or mentor. Refused ``staff-known`` for one of that name in the same unit."""
    name, chosen = kept_text(name, "name", 200), _roles(roles)
    _require_capacity_count(capacity)
    if not chosen:
        raise InvalidInput("role-missing")
    store = writing.store
    with writing.transaction():
        of = find_unit(store, unit) if unit is not None else None
        unit_id = of.id if of else None
        for number, _, key, _, known_unit, _, left_on in store.rows("programme.staff"):
            if key == search_key(name) and known_unit == unit_id and left_on is None:
                raise Refused("staff-known", id=staff_id(number), name=name)
        row = {"name": name, "capacity": capacity, "unit_id": unit_id, "left_on": None}
        number = store.value("programme.add_staff", **row, search_key=search_key(name))
        writing.created("staff", number)
        for role in chosen:
            _add_role(writing, number, role)
    return Staff(number, name, chosen, capacity, unit_id, of.name if of else None, None)


def staff(
    store: Store, term: Term | None = None, *, free: bool = False, on: date | None = None
) -> tuple[Staff, ...]:
    """Return the staff, sorted as a Swedish reader expects, with their loads.

    The loads are those of ``term``, or of every term with any. With ``free``, only those with room in the
    term (without one: in every term). Those who had left by ``on`` are left out, and so is whoever is in no
    pipeline in terms that were over then.
    """
    found = [
        each
        for each in staff_of_rows(store, store.rows("programme.staff"), term, term_of(on) if on else None)
        if not _gone(each, on)
    ]
    if free:
        found = [each for each in found if each.left_on is None and all(load.free for load in each.loads)]
        found = [each for each in found if each.loads or each.capacity]
    return tuple(sorted(found, key=lambda each: (sort_key(each.name), each.id)))


def find_staff(store: Store, ref: str) -> Staff:
    """Return the member of staff that is meant: ``S-1``, or a name or part of one.

    By name, those who have left are meant only where nobody else is. NotFound ``staff-not-found``;
    Ambiguous ``staff-ambiguous`` with those it may be.
    """
    number = parsed_number("S", ref)
    if number is not None:
        found = store.rows("programme.staff_member", id=number)
    else:
        found = matching(store.rows("programme.staff"), ref, lambda row: str(row[2]))
        found = [row for row in found if row[6] is None] or found
    if not found:
        raise NotFound("staff-not-found", ref=ref)
    if len(found) > 1:
        candidates = [{"id": staff_id(row[0]), "name": row[1]} for row in found]
        raise Ambiguous("staff-ambiguous", ref=ref, candidates=candidates)
    held = [role for (role,) in store.rows("candidacy.roles", staff=found[0][0])]
    return member_of_row(found[0], held, ())


def edit_staff(writing: Writing, ref: str, changes: StaffChanges) -> Staff:
    """Change a member of staff; return her as she is then.

    Refused ``capacity-taken`` for less room than is used, ``role-in-use`` for a role that she is assigned in.
    """
    if changes._replace(term=None) == StaffChanges():
        raise InvalidInput("nothing-to-change")
    if changes.term is not None and changes.capacity is None:
        raise InvalidInput("term-without-capacity")
    store = writing.store
    with writing.transaction():
        before = find_staff(store, ref)
        after = _changed(store, before, changes)
        keep_staff(store, after)
        for field in EDITABLE:
            old, new = getattr(before, field), getattr(after, field)
            if old != new:
                writing.edited("staff", before.id, field, old, new)
        if changes.term is not None and changes.capacity is not None:
            _set_term_capacity(writing, before, changes.term, changes.capacity)
        for role in _roles(changes.add_roles):
            if role not in before.roles:
                _add_role(writing, before.id, role)
        for role in _roles(changes.drop_roles):
            if role in before.roles:
                store.write("programme.drop_role", staff=before.id, role=role)
                writing.edited("staff-role", f"{before.id}:{role}", "role", role, None)
        current = term_of(writing.occasion.today)
        require_limits(store, before.id, current=current)
        return read_staff(store, before.id, current)


def keep_staff(store: Store, member: Staff) -> None:
    """Store what is known of a member of staff, with the key that is made of it."""
    left_on = member.left_on.isoformat() if member.left_on else None
    row = {"name": member.name, "capacity": member.capacity, "unit_id": member.unit_id, "left_on": left_on}
    store.write("programme.keep_staff", **row, id=member.id, search_key=search_key(member.name))


def _changed(store: Store, before: Staff, changes: StaffChanges) -> Staff:
    after = before
    if changes.name is not None:
        after = after._replace(name=kept_text(changes.name, "name", 200))
    if changes.unit is not None:
        of = find_unit(store, changes.unit) if changes.unit.strip() else None
        after = after._replace(unit_id=of.id if of else None, unit=of.name if of else None)
    if changes.capacity is not None:
        _require_capacity_count(changes.capacity)
        if changes.term is None:
            after = after._replace(capacity=changes.capacity)
    if changes.left_on is not None:
        after = after._replace(left_on=changes.left_on)
    return after


def _set_term_capacity(writing: Writing, member: Staff, term: Term, capacity: int) -> None:
    store = writing.store
    own = {code: known for _, code, known in store.rows("programme.staff_capacities", staff=member.id)}
    before = own.get(term.code)
    if before != capacity:
        store.write("programme.drop_capacity", staff=member.id, term=term.code)
        store.write("programme.add_capacity", staff=member.id, term=term.code, capacity=capacity)
        writing.edited("staff-capacity", f"{member.id}:{term}", "capacity", before, capacity)


def _add_role(writing: Writing, number: int, role: str) -> None:
    writing.store.write("programme.add_role", staff=number, role=role)
    writing.created("staff-role", f"{number}:{role}")


def _gone(member: Staff, on: date | None) -> bool:
    return on is not None and member.left_on is not None and member.left_on <= on


def _roles(given: Sequence[str]) -> tuple[str, ...]:
    for role in given:
        if role not in ROLES:
            raise InvalidInput("role-invalid", value=role, roles=list(ROLES))
    return tuple(role for role in ROLES if role in given)


def _require_capacity_count(capacity: int) -> None:
    if not 0 <= capacity <= MOST_CAPACITY:
        raise InvalidInput("capacity-out-of-range", value=capacity, most=MOST_CAPACITY)
