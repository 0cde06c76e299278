"""Put back what a command changed beside the log: one way back for each kind of row.

A change is kept as entity, key, field, the value before and the value after; an empty field means that
the row was new, and taking it back deletes it. Nothing is put back over what somebody else has written
since, a row that is in use stays, and limits (seats, capacity) hold on the way back as on the way there.
`services.undoing` calls this, inside its transaction and the last change first.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from socrekry.domain.errors import Conflict, Refused
from socrekry.domain.ids import candidate_id
from socrekry.domain.names import search_key
from socrekry.domain.term import Term
from socrekry.services.cohorts import require_seats
from socrekry.services.loads import require_limits
from socrekry.services.persons import keep_details, read_details
from socrekry.store.connect import Store
from socrekry.store.failures import Duplicate


class Change(NamedTuple):
    """One change: of which row, which field (empty: the row was new), and the values as texts."""

    entity: str
    key: str
    field: str
    before: str | None
    after: str | None


Reversal = Callable[[Store, Change], None]


def reverse(
    store: Store, entity: str, key: str, field: str, before: str | None, after: str | None = None
) -> None:
    """Put a row back as it was before the change, inside a transaction.

    Refused ``in-use`` where something refers to a row that would go, or a limit that would be passed;
    Conflict ``changed-since`` where somebody has changed it after that.
    """
    change = Change(entity, key, field, before, after)
    if entity not in REVERSALS:
        raise Refused("not-reversible", entity=entity, key=key)
    try:
        REVERSALS[entity](store, change)
    except Duplicate as error:
        if field:
            raise _changed_since(change) from error
        raise Refused("in-use", entity=entity, key=key) from error


def _changed_since(change: Change) -> Conflict:
    return Conflict("changed-since", entity=change.entity, key=change.key, field=change.field)


def _drop(store: Store, change: Change, statement: str, **values: Any) -> None:
    """Delete a row that was new, unless somebody has changed it or taken it away since."""
    changed = store.value("editing.standing_edits", entity=change.entity, row=change.key)
    if changed or not store.write(statement, **values):
        raise _changed_since(change)


def _new_row(statement: str, read: Callable[[str], Any]) -> Reversal:
    """Return the reversal of a kind of row that can be made but not changed."""

    def reversal(store: Store, change: Change) -> None:
        _drop(store, change, statement, id=read(change.key))

    return reversal


class _Kind(NamedTuple):
    """How a kind of row is read (its columns in that order), which of them are kept, and what limits it.

    ``key_of`` is the column that its search key is made of, if it has one; ``numbers`` are whole numbers.
    """

    read: str
    columns: tuple[str, ...]
    keep: str
    kept: tuple[str, ...]
    drop: str
    numbers: frozenset[str]
    key_of: str | None = None
    require: Callable[[Store, int], None] | None = None


def _fields_of(kind: _Kind) -> Reversal:
    """Return the reversal of a kind of row whose fields can be changed."""

    def reversal(store: Store, change: Change) -> None:
        number = int(change.key)
        if not change.field:
            _drop(store, change, kind.drop, id=number)
            return
        row = store.row(kind.read, id=number)
        if row is None:
            raise _changed_since(change)
        values = dict(zip(kind.columns, row, strict=True))
        if _text(values[change.field]) != change.after:
            raise _changed_since(change)
        numeric = change.field in kind.numbers and change.before is not None
        values[change.field] = int(change.before or 0) if numeric else change.before
        kept = {column: values[column] for column in kind.kept}
        if kind.key_of is not None:
            kept["search_key"] = search_key(values[kind.key_of])
        store.write(kind.keep, **kept, id=number)
        if kind.require is not None:
            kind.require(store, number)

    return reversal


_COHORT = _Kind(
    "programme.cohort",
    ("id", "pipeline", "term", "seats", "name", "registry_number", "unit_id", "unit"),
    "programme.keep_cohort",
    ("seats", "name", "registry_number"),
    "programme.drop_cohort",
    frozenset({"seats"}),
    "name",
    require_seats,
)
_STAFF = _Kind(
    "programme.staff_member",
    ("id", "name", "search_key", "capacity", "unit_id", "unit", "left_on"),
    "programme.keep_staff",
    ("name", "capacity", "unit_id", "left_on"),
    "programme.drop_staff",
    frozenset({"capacity", "unit_id"}),
    "name",
    require_limits,
)


def _staff_role(store: Store, change: Change) -> None:
    number, _, role = change.key.partition(":")
    if change.field:
        store.write("programme.add_role", staff=int(number), role=role)
    else:
        _drop(store, change, "programme.drop_role", staff=int(number), role=role)
        require_limits(store, int(number), needs_a_role=False)


def _staff_capacity(store: Store, change: Change) -> None:
    number, _, term = change.key.partition(":")
    which = {"staff": int(number), "term": Term.parse(term).code}
    rows = store.rows("programme.staff_capacities", staff=int(number))
    now = {code: capacity for _, code, capacity in rows}
    if _text(now.get(which["term"])) != change.after:
        raise _changed_since(change)
    store.write("programme.drop_capacity", **which)
    if change.before is not None:
        store.write("programme.add_capacity", **which, capacity=int(change.before))
    require_limits(store, int(number))


def _pipeline(store: Store, change: Change) -> None:
    if store.value("programme.cohorts_without_pipeline", id=int(change.key)):
        raise Refused("in-use", entity=change.entity, key=change.key)
    _drop(store, change, "programme.drop_pipeline", id=int(change.key))


def _person(store: Store, change: Change) -> None:
    details, _ = read_details(store, int(change.key))
    if _text(getattr(details, change.field)) != change.after:
        raise _changed_since(change)
    before: Any = change.before
    if change.field == "graduates" and before is not None:
        before = Term.parse(before)
    keep_details(store, int(change.key), details._replace(**{change.field: before}))


def _tag(store: Store, change: Change) -> None:
    person, _, tag = change.key.partition(":")
    if change.field:
        store.write("person.add_tag", person=int(person), tag=tag)
    else:
        _drop(store, change, "person.drop_tag", person=int(person), tag=tag)


def _protection(_: Store, change: Change) -> None:
    """Nothing is left of what was scrubbed."""
    raise Refused("protection-final", id=candidate_id(int(change.key)))


def _text(value: object) -> str | None:
    return None if value is None else str(value)


REVERSALS: dict[str, Reversal] = {
    "unit": _new_row("programme.drop_unit", int),
    "university": _new_row("programme.drop_university", str),
    "cohort": _fields_of(_COHORT),
    "staff": _fields_of(_STAFF),
    "staff-role": _staff_role,
    "staff-capacity": _staff_capacity,
    "pipeline": _pipeline,
    "person": _person,
    "tag": _tag,
    "remark": _new_row("editing.drop_remark", int),
    "protection": _protection,
}
