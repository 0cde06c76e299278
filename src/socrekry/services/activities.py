"""Activities: what the municipality did to meet candidates, when, where, and at what cost.

Counts without names (``applicants``, ``qualified``) are of people who live in another system, as those who
answered an ad there; they are nobody who is a candidate here. A figure that nobody knows is None and never 0:
an ad without a known cost is not a free one.
"""

from datetime import date
from typing import NamedTuple

from socrekry.domain.errors import Ambiguous, NotFound
from socrekry.domain.ids import activity_id, parsed_activity
from socrekry.domain.matching import matching
from socrekry.domain.names import search_key
from socrekry.domain.term import Term, TermRange
from socrekry.services.units import find_unit
from socrekry.services.universities import find_university
from socrekry.store.connect import Store
from socrekry.store.engine import Row

USUAL_LIMIT = 50
COLUMNS = (
    *("id", "kind", "title", "occurred_on", "term", "university", "unit_id", "unit", "cost", "reached"),
    *("minutes", "applicants", "qualified", "deadline", "external_id", "ad", "touched"),
)
"""An activity's row as ``outreach.activity`` reads it."""


class Activity(NamedTuple):
    """An activity as it is kept; ``touched`` is how many persons here it has touched."""

    id: int
    kind: str
    title: str
    on: date
    term: Term
    university: str | None
    unit_id: int | None
    unit: str | None
    cost: int | None
    reached: int | None
    minutes: int | None
    applicants: int | None
    qualified: int | None
    deadline: date | None
    external_id: str | None
    ad: str | None
    touched: int

    @property
    def label(self) -> str:
        """The id as it is shown: ``A-1``."""
        return activity_id(self.id)

    @property
    def leads(self) -> int:
        """How many it has brought: the persons that it touched, and those who applied in another system."""
        return self.touched + (self.applicants or 0)


class Sought(NamedTuple):
    """Which activities to list; what is None lets all through."""

    terms: TermRange | None = None
    kind: str | None = None
    university: str | None = None
    unit: str | None = None
    search: str | None = None


class ActivityList(NamedTuple):
    """The activities that were asked for, the latest first, and how many there are in all."""

    rows: tuple[Activity, ...]
    total: int


def find_activity(store: Store, ref: str) -> Activity:
    """Return the activity that is meant: its id (``A-1``), its title or a part of it.

    NotFound ``activity-not-found``; Ambiguous ``activity-ambiguous`` with those it may be.
    """
    number = parsed_activity(ref) or _titled(store, ref)
    row = store.row("outreach.activity", id=number) if number is not None else None
    if row is None:
        raise NotFound("activity-not-found", ref=ref)
    return _activity(row)


def _titled(store: Store, ref: str) -> int | None:
    found = matching(store.rows("outreach.titles"), ref, lambda row: search_key(row[1]))
    if len(found) > 1:
        candidates = [{"id": activity_id(number), "name": title} for number, title in found]
        raise Ambiguous("activity-ambiguous", ref=ref, candidates=candidates)
    return int(found[0][0]) if found else None


def activities(store: Store, sought: Sought, *, limit: int | None = USUAL_LIMIT) -> ActivityList:
    """Return the activities that are sought, at most ``limit`` of them (None: all).

    NotFound and Ambiguous for a unit or a university that there is none of, or several.
    """
    terms = sought.terms
    rows = store.rows(
        "outreach.activities",
        first=terms.first.code if terms else None,
        last=terms.last.code if terms else None,
        kind=sought.kind,
        university=find_university(store, sought.university).code if sought.university else None,
        unit=find_unit(store, sought.unit).id if sought.unit else None,
    )
    words = search_key(sought.search or "")
    found = [row for row in rows if words in search_key(row[2])] if words else rows
    return ActivityList(tuple(_activity(row) for row in found[:limit]), len(found))


def _activity(row: Row) -> Activity:
    (id_, kind, title, on, term, university, unit_id, unit, cost, reached, minutes, applicants, qualified,
     deadline, external_id, ad, touched) = row  # fmt: skip
    return Activity(
        id_,
        kind,
        title,
        date.fromisoformat(on),
        Term.from_code(term),
        university,
        unit_id,
        unit,
        cost,
        reached,
        minutes,
        applicants,
        qualified,
        date.fromisoformat(deadline) if deadline else None,
        external_id,
        ad,
        touched,
    )
