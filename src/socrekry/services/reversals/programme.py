"""The way back for the programme: units, universities, pipelines, cohorts, staff and those they have."""

from socrekry.domain.term import Term
from socrekry.services.agreements import NUMBERS
from socrekry.services.cohorts import require_seats
from socrekry.services.externals import require_external
from socrekry.services.loads import require_limits
from socrekry.services.reversals.ways import (
    Change,
    Kind,
    Reversal,
    changed_since,
    drop,
    fields_of,
    in_use,
    new_row,
)
from socrekry.services.unit_access import ENTITY, parts_of
from socrekry.services.writing import as_text
from socrekry.store.connect import Store

_COHORT = Kind(
    "programme.cohort",
    ("id", "pipeline", "term", "seats", "name", "registry_number", "unit_id", "unit"),
    "programme.keep_cohort",
    ("seats", "name", "registry_number"),
    "programme.drop_cohort",
    ("seats",),
    "name",
    require_seats,
)
_STAFF = Kind(
    "programme.staff_member",
    ("id", "name", "search_key", "capacity", "unit_id", "unit", "left_on"),
    "programme.keep_staff",
    ("name", "capacity", "unit_id", "left_on"),
    "programme.drop_staff",
    ("capacity", "unit_id"),
    "name",
    require_limits,
)
_EXTERNAL = Kind(
    "programme.external",
    ("id", "label", "search_key", "staff", "role", "term", "from_on", "to_on"),
    "programme.keep_external",
    ("to_on",),
    "programme.drop_external",
    require=require_external,
)
_AGREEMENT = Kind(
    "agreements.read",
    ("id", *NUMBERS, "contact"),
    "agreements.keep",
    (*NUMBERS, "contact"),
    "agreements.drop",
    NUMBERS,
)


def _staff_role(store: Store, change: Change) -> None:
    number, _, role = change.key.partition(":")
    if change.field:
        store.write("programme.add_role", staff=int(number), role=role)
    else:
        drop(store, change, "programme.drop_role", staff=int(number), role=role)
        require_limits(store, int(number), needs_a_role=False)


def _staff_capacity(store: Store, change: Change) -> None:
    number, _, term = change.key.partition(":")
    which = {"staff": int(number), "term": Term.parse(term).code}
    rows = store.rows("programme.staff_capacities", staff=int(number))
    now = {code: capacity for _, code, capacity in rows}
    if as_text(now.get(which["term"])) != change.after:
        raise changed_since(change)
    store.write("programme.drop_capacity", **which)
    if change.before is not None:
        store.write("programme.add_capacity", **which, capacity=int(change.before))
    require_limits(store, int(number))


def _pipeline(store: Store, change: Change) -> None:
    if store.value("programme.cohorts_without_pipeline", id=int(change.key)):
        raise in_use(change.entity, change.key)
    drop(store, change, "programme.drop_pipeline", id=int(change.key))


def _unit_access(store: Store, change: Change) -> None:
    role, unit = parts_of(change.key)
    if change.field:
        store.value("access.add", role=role, unit=unit)
    else:
        drop(store, change, "access.drop", role=role, unit=unit)


REVERSALS: dict[str, Reversal] = {
    "unit": new_row("programme.drop_unit", int),
    "university": new_row("programme.drop_university", str),
    "cohort": fields_of(_COHORT),
    "staff": fields_of(_STAFF),
    "staff-role": _staff_role,
    "staff-capacity": _staff_capacity,
    "pipeline": _pipeline,
    "agreement": fields_of(_AGREEMENT),
    "external-assignment": fields_of(_EXTERNAL),
    ENTITY: _unit_access,
}
