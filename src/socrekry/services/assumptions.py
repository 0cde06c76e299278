"""Assumptions: what the comparison of costs rests on, as this municipality has it.

A value of its own is kept in the store, for all who use it; without one the value that comes along holds.
"""

from typing import NamedTuple

from socrekry.domain.assumptions import (
    Assumed,
    assumed,
    find_assumption,
    parse_value,
    plain,
    require_order,
)
from socrekry.domain.errors import InvalidInput
from socrekry.services.kept_figures import Kind, replace
from socrekry.services.writing import Writing
from socrekry.store.connect import Store


class RecordedAssumption(NamedTuple):
    """An assumption as it is from now on, and as it was."""

    now: Assumed
    before: Assumed


def assumptions(store: Store) -> tuple[Assumed, ...]:
    """Return every assumption, with the values that hold here."""
    return assumed(dict(store.rows("needs.assumptions")))


def one_of(value: str, *, default: bool) -> str | None:
    """Return the value that was given, None for the one that comes along.

    InvalidInput ``assumption-value-unclear`` for neither or both.
    """
    if bool(value.strip()) == default:
        raise InvalidInput("assumption-value-unclear")
    return None if default else value


def assume(writing: Writing, name: str, text: str | None) -> RecordedAssumption:
    """Put a value of the municipality's own in the place of an assumption; None puts back what came along.

    NotFound ``assumption-not-found``; InvalidInput ``number-invalid``, ``amount-invalid`` or
    ``assumption-out-of-range``; Refused ``assumptions-reversed`` for a low factor above the high one.
    """
    known = find_assumption(name)
    value = None if text is None else parse_value(known, text)
    with writing.transaction():
        before = replace(writing, ASSUMPTION, known.name, None if value is None else plain(value))
    return RecordedAssumption(Assumed(known, value), _as_it_was(known.name, before))


def _as_it_was(name: str, kept: str | None) -> Assumed:
    values = assumed({} if kept is None else {name: kept})
    return next(each for each in values if each.assumption.name == name)


def _which(key: str) -> dict[str, str]:
    return {"name": key}


def _require_order(store: Store, _: str) -> None:
    require_order(assumptions(store))


ASSUMPTION = Kind(
    "assumption",
    "value",
    "needs.assumption",
    "needs.add_assumption",
    "needs.keep_assumption",
    "needs.drop_assumption",
    _which,
    str,
    _require_order,
)
