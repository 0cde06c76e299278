"""Record activities: add one, and mend what is known of it.

There are never more qualified than applied, and nobody is qualified of an unknown number. Touches of an
activity's own day follow it when the day is mended.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from socrekry.domain.channels import ACTIVITY_KINDS
from socrekry.domain.errors import InvalidInput, Refused
from socrekry.domain.ids import activity_id
from socrekry.domain.term import Term, term_of, written_term_of
from socrekry.services.activities import COLUMNS, Activity, find_activity
from socrekry.services.texts import kept_if_any, kept_text
from socrekry.services.units import find_unit
from socrekry.services.universities import find_university
from socrekry.services.writing import Writing
from socrekry.store.connect import Store
from socrekry.store.failures import OutOfSight

FIGURES = {
    "cost": 1_000_000_000,
    "reached": 1_000_000,
    "minutes": 1_000_000,
    "applicants": 1_000_000,
    "qualified": 1_000_000,
}
"""The whole numbers of an activity, each with the most that is kept."""
EDITABLE = (
    *("title", "occurred_on", "term", "university", "unit_id", "cost", "reached", "minutes"),
    *("applicants", "qualified", "deadline"),
)


class Particulars(NamedTuple):
    """What a user says of an activity; None where nothing is said. Without a term, the one of its day."""

    title: str | None
    on: date
    term: Term | None = None
    university: str | None = None
    unit: str | None = None
    cost: int | None = None
    reached: int | None = None
    minutes: int | None = None
    applicants: int | None = None
    qualified: int | None = None
    deadline: date | None = None


def add_activity(
    writing: Writing,
    kind: str,
    said: Particulars,
    *,
    external_id: str | None = None,
    ad: str | None = None,
) -> Activity:
    """Add an activity; ``ad`` is what is kept of a published job ad, as JSON.

    InvalidInput ``activity-kind-invalid``, ``title-missing``, ``figure-out-of-range``,
    ``qualified-without-applicants`` or ``qualified-beyond-applicants``; Refused ``ad-known`` where there is
    one with that external id.
    """
    if kind not in ACTIVITY_KINDS:
        raise InvalidInput("activity-kind-invalid", kind=kind, kinds=list(ACTIVITY_KINDS))
    store, external_id = writing.store, kept_if_any(external_id, "external_id", 60)
    with writing.transaction():
        known = store.row("outreach.by_external_id", external_id=external_id) if external_id else None
        if known is not None:
            raise Refused("ad-known", id=activity_id(known[0]), title=known[1], ref=external_id)
        columns = _columns(store, said._asdict(), said.on)
        _require_counts(columns)
        number = store.value("outreach.add_activity", kind=kind, **columns, external_id=external_id, ad=ad)
        writing.created("activity", number)
        return _read(store, number)


def edit_activity(writing: Writing, ref: str, changes: Mapping[str, Any]) -> Activity:
    """Mend what is known of an activity; ``changes`` holds the fields of `Particulars` to set (None empties).

    A term that was that of the activity's day follows the day, and so do touches of that day. InvalidInput
    ``nothing-to-change``, ``activity-has-been`` for a day to come where somebody took part, and as
    `add_activity`; OutOfSight for another day where somebody took part whom row security hides.
    """
    if not changes:
        raise InvalidInput("nothing-to-change")
    store = writing.store
    with writing.transaction():
        activity = find_activity(store, ref)
        before = _kept(store, activity.id)
        said = dict(changes)
        on = said.get("on", activity.on)
        if on != activity.on and store.value("outreach.touches_hidden", activity=activity.id):
            raise OutOfSight  # their touches could not follow the day
        if on > writing.occasion.today and activity.touched and on != activity.on:
            detail = {"activity": activity.label, "on": on.isoformat(), "n": activity.touched}
            raise InvalidInput("activity-has-been", **detail)
        if on != activity.on and activity.term == term_of(activity.on):
            said.setdefault("term", None)
        after = before | _columns(store, said, on)
        _require_counts(after)
        kept = {field: after[field] for field in EDITABLE}
        store.write("outreach.keep_activity", **kept, id=activity.id)
        for field in _in_order(before, after):
            writing.edited("activity", activity.id, field, before[field], after[field])
        if on != activity.on:
            _take_touches_along(writing, activity.id, before["occurred_on"], after["occurred_on"])
        return _read(store, activity.id)


def _take_touches_along(writing: Writing, number: int, before: str, after: str) -> None:
    """Move the touches of an activity's own day; each is noted, for others may be of the new day already."""
    for touch, person in writing.store.rows("outreach.touches_on", activity=number, on=before):
        writing.crediting(person)
        writing.store.write("outreach.redate_touch", id=touch, now=before, then=after)
        writing.edited("touch-day", touch, "occurred_on", before, after)


def require_counts(store: Store, number: int) -> None:
    """Raise InvalidInput where an activity has more qualified than applied, or nobody knows how many did."""
    _require_counts(_kept(store, number))


def _require_counts(kept: Mapping[str, Any]) -> None:
    applicants, qualified = kept["applicants"], kept["qualified"]
    if qualified is not None and applicants is None:
        raise InvalidInput("qualified-without-applicants", qualified=qualified)
    if qualified is not None and qualified > applicants:
        raise InvalidInput("qualified-beyond-applicants", applicants=applicants, qualified=qualified)


def _in_order(before: Mapping[str, Any], after: Mapping[str, Any]) -> Sequence[str]:
    """Return the fields that differ, in an order in which each step on the way back leaves a whole activity.

    There are never fewer applicants than qualified, so on the way back from fewer they come first.
    """
    changed = [field for field in EDITABLE if before[field] != after[field]]
    if (after["applicants"] or 0) < (before["applicants"] or 0):
        changed.sort(key=lambda field: field == "applicants")
    return changed


def _kept(store: Store, number: int) -> dict[str, Any]:
    return dict(zip(COLUMNS, store.row("outreach.activity", id=number) or (), strict=True))


def _read(store: Store, number: int) -> Activity:
    return find_activity(store, activity_id(number))


def _columns(store: Store, said: Mapping[str, Any], on: date) -> dict[str, Any]:
    """Return the columns that the fields said decide; ``on`` is the activity's day, said or not."""
    columns: dict[str, Any] = {field: _figure(field, said[field]) for field in FIGURES if field in said}
    if "title" in said:
        if not (said["title"] or "").strip():
            raise InvalidInput("title-missing")
        columns["title"] = kept_text(said["title"], "title", 200)
    if "on" in said:
        columns["occurred_on"] = on.isoformat()
    if "term" in said:
        columns["term"] = (said["term"] or written_term_of(on)).code
    if "university" in said:
        columns["university"] = (
            find_university(store, said["university"]).code if said["university"] else None
        )
    if "unit" in said:
        columns["unit_id"] = find_unit(store, said["unit"]).id if said["unit"] else None
    if "deadline" in said:
        columns["deadline"] = said["deadline"].isoformat() if said["deadline"] else None
    return columns


def _figure(field: str, value: int | None) -> int | None:
    if value is not None and not 0 <= value <= FIGURES[field]:
        raise InvalidInput("figure-out-of-range", field=field, value=value, most=FIGURES[field])
    return value
