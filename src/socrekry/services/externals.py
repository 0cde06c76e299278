"""Those who are in no pipeline and take a supervisor's room: ordinary placement students, told by a label.

A label means one person in a term, with one supervisor and one mentor at most; it is no name. She takes a
place as a candidate does, in the term's room of each who has her, until it is ended or the term is over.
Without her in the count, a supervisor would be promised twice.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from socrekry.domain.errors import Ambiguous, InvalidInput, NotFound, Refused
from socrekry.domain.guards import ROLES
from socrekry.domain.ids import staff_id
from socrekry.domain.matching import matching
from socrekry.domain.names import search_key
from socrekry.domain.term import Term, term_of, written_term_of
from socrekry.services.loads import read_staff, require_limits, room_taken
from socrekry.services.staffing import find_staff
from socrekry.services.texts import kept_text
from socrekry.services.writing import Writing
from socrekry.store.connect import Store
from socrekry.store.engine import Row


class External(NamedTuple):
    """Somebody by her label, and who has her in a term, in which role, from when to when (None: still)."""

    id: int
    label: str
    staff: int
    staff_name: str
    role: str
    term: Term
    from_on: date
    to_on: date | None = None


def assign_external(
    writing: Writing,
    label: str,
    on: date,
    *,
    supervisor: str | None = None,
    mentor: str | None = None,
    term: Term | None = None,
) -> tuple[External, ...]:
    """Give somebody outside a supervisor, a mentor or both, in the term that runs on the day unless said.

    Refused ``external-known`` where the label has one already, ``wrong-role``, and ``capacity-taken``
    beyond her room in that term; InvalidInput ``assign-whom`` or ``date-in-future``.
    """
    store, wanted = writing.store, {"supervisor": supervisor, "mentor": mentor}
    called, of = kept_text(label, "label", 120), term or written_term_of(on)
    if not any(wanted.values()):
        raise InvalidInput("assign-whom")
    _require_past(writing, on)
    found = []
    with writing.transaction():
        for role, ref in wanted.items():
            if ref is not None:
                member = find_staff(store, ref)
                if role not in member.roles:
                    raise Refused("wrong-role", id=member.label, name=member.name, role=role)
                _require_own_label(store, called, of, role)
                number = store.value(
                    "programme.add_external",
                    label=called,
                    search_key=search_key(called),
                    staff=member.id,
                    role=role,
                    term=of.code,
                    from_on=on.isoformat(),
                )
                writing.created("external-assignment", number)
                _require_room(writing, member.id, of)
                found.append(External(number, called, member.id, member.name, role, of, on))
    return tuple(found)


def unassign_external(
    writing: Writing, label: str, on: date, *, term: Term | None = None, roles: Sequence[str] = ()
) -> tuple[External, ...]:
    """End what somebody outside has, in the roles given or in every one.

    NotFound ``external-not-found`` lists those there are; Ambiguous ``external-ambiguous`` where several
    labels, or one in several terms, answer. InvalidInput ``ends-before-it-begins``.
    """
    store = writing.store
    _require_past(writing, on)
    with writing.transaction():
        found = [each for each in _meant(store, label, term) if each.role in (roles or ROLES)]
        if not found:
            raise NotFound("nobody-assigned", role=roles[0])
        for each in found:
            if on < each.from_on:
                raise InvalidInput(
                    "ends-before-it-begins", on=on.isoformat(), begins=each.from_on.isoformat()
                )
            store.write("programme.keep_external", id=each.id, to_on=on.isoformat())
            writing.edited("external-assignment", each.id, "to_on", None, on)
    return tuple(each._replace(to_on=on) for each in found)


def require_external(store: Store, number: int) -> None:
    """Raise Refused if an assignment that an undo brought back breaks what `assign_external` holds."""
    row = store.row("programme.external", id=number)
    if row is not None and row[7] is None:
        _, label, _, staff, role, term, *_ = row
        _require_own_label(store, label, Term.from_code(term), role, beside=number)
        require_limits(store, staff, needs_a_role=False)


def _require_past(writing: Writing, on: date) -> None:
    if on > writing.occasion.today:
        raise InvalidInput("date-in-future", on=on.isoformat(), today=writing.occasion.today.isoformat())


def _require_own_label(store: Store, label: str, term: Term, role: str, beside: int = 0) -> None:
    for row in store.rows("programme.externals", staff=None, term=term.code, current=None):
        number, _, key, staff, name, known, *_ = row
        if (key, known) == (search_key(label), role) and number != beside:
            raise Refused(
                "external-known", label=label, term=str(term), role=role, id=staff_id(staff), name=name
            )


def _require_room(writing: Writing, staff: int, term: Term) -> None:
    """Raise Refused ``capacity-taken`` for one too many; who has left has room for nobody."""
    member = read_staff(writing.store, staff)
    left = member.left_on is not None and member.left_on <= writing.occasion.today
    load = next(load for load in member.loads if load.term == term)
    capacity = 0 if left else load.capacity
    if term >= term_of(writing.occasion.today) and load.taken > capacity:
        raise room_taken(member, load._replace(capacity=capacity))


def _meant(store: Store, label: str, term: Term | None) -> list[External]:
    rows = store.rows("programme.externals", staff=None, term=term.code if term else None, current=None)
    found = [_external(row) for row in matching(rows, label, lambda row: str(row[2]))]
    several = {(search_key(each.label), each.term): each for each in found}
    if len(several) > 1:
        candidates = [{"label": each.label, "term": str(each.term)} for each in several.values()]
        raise Ambiguous("external-ambiguous", label=label, candidates=candidates)
    if not found:
        known = {(row[2], row[6]): {"label": row[1], "term": str(Term.from_code(row[6]))} for row in rows}
        raise NotFound("external-not-found", label=label, externals=list(known.values()))
    return found


def _external(row: Row) -> External:
    number, label, _, staff, name, role, term, from_on = row
    return External(number, label, staff, name, role, Term.from_code(term), date.fromisoformat(from_on))
