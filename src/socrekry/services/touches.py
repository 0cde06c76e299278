"""Touches: who took part in which activity, and on what day; and how somebody was first met.

A touch is between a person and an activity, once; the day is the activity's unless another is said. It is
noted when it has happened, never before. How a candidacy came about is a word (``visit``) or an activity
(``A-1``), whose kind is the word then and which touches the person.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from socrekry.domain.candidacy import VOID
from socrekry.domain.channels import CHANNELS
from socrekry.domain.errors import InvalidInput, NotFound, Refused, SocrekryError
from socrekry.domain.ids import candidate_id, parsed_activity
from socrekry.services.activities import Activity, find_activity
from socrekry.services.finding import Found, find_person
from socrekry.services.writing import Writing
from socrekry.store.connect import Store


class Source(NamedTuple):
    """How somebody was first met: a channel and, where it is known, the activity and its day."""

    channel: str
    activity: int | None = None
    on: str | None = None


class Touched(NamedTuple):
    """One id's answer: whom it means, and the day of the touch; or the error."""

    ref: str
    person: str | None = None
    name: str | None = None
    on: date | None = None
    error: SocrekryError | None = None

    @property
    def done(self) -> bool:
        """Whether it was done."""
        return self.error is None


def find_source(store: Store, text: str, today: date | None = None) -> Source:
    """Return what a channel's word, or an activity's id or title, means.

    InvalidInput ``channel-invalid``, or ``activity-to-come`` where it must have taken place by ``today``;
    NotFound ``activity-not-found``; Ambiguous ``activity-ambiguous``.
    """
    if text in CHANNELS:
        return Source(text)
    try:
        activity = find_activity(store, text)
    except NotFound:
        if parsed_activity(text) is not None:
            raise
        raise InvalidInput("channel-invalid", channel=text, channels=list(CHANNELS)) from None
    if today is not None and activity.on > today:
        raise InvalidInput("activity-to-come", activity=activity.label, on=activity.on.isoformat())
    return Source(activity.kind, activity.id, activity.on.isoformat())


def touch_by(writing: Writing, person: int, source: Source, *, new: bool = False) -> bool:
    """Note that a person was met in the activity of a source, unless she was already; inside a transaction.

    ``new`` says that nothing is known of her yet. Return whether a touch was noted.
    """
    if source.activity is None or source.on is None:
        return False
    known = not new and writing.store.row("outreach.touch", person=person, activity=source.activity)
    if known:
        return False
    _add(writing, person, source.activity, source.on)
    return True


def add_touches(
    writing: Writing, refs: Sequence[str], ref: str, on: date | None = None, *, all_or_nothing: bool = False
) -> tuple[Activity, tuple[Touched, ...]]:
    """Note that persons took part in an activity; return it, and one outcome for each, in that order.

    NotFound ``activity-not-found``; InvalidInput ``date-in-future``, ``activity-to-come`` or
    ``touch-before-activity``. An outcome's error is Refused ``touch-known`` for one that is noted already.
    """
    today = writing.occasion.today
    activity = find_activity(writing.store, ref)
    if on is None and activity.on > today:
        raise InvalidInput("activity-to-come", activity=activity.label, on=activity.on.isoformat())
    day = on or activity.on
    if day > today:
        raise InvalidInput("date-in-future", on=day.isoformat())
    if day < activity.on:
        raise InvalidInput("touch-before-activity", activity=activity.label, on=activity.on.isoformat())

    def add(found: Found) -> date:
        find_activity(writing.store, activity.label)  # somebody may have taken it back meanwhile
        row = writing.store.row("outreach.touch", person=found.person, activity=activity.id)
        if row is not None:
            raise Refused("touch-known", id=candidate_id(found.person), activity=activity.label, on=row[1])
        _add(writing, found.person, activity.id, day.isoformat())
        return day

    return activity, _for_each(writing, refs, add, all_or_nothing=all_or_nothing)


def remove_touches(
    writing: Writing, refs: Sequence[str], ref: str, *, all_or_nothing: bool = False
) -> tuple[Activity, tuple[Touched, ...]]:
    """Take away that persons took part in an activity; answers as `add_touches`.

    An outcome's error is NotFound ``touch-not-found`` for one who has not.
    """
    activity = find_activity(writing.store, ref)

    def remove(found: Found) -> date:
        row = writing.store.row("outreach.touch", person=found.person, activity=activity.id)
        if row is None:
            raise NotFound("touch-not-found", id=candidate_id(found.person), activity=activity.label)
        number, on = row
        writing.crediting(found.person)
        writing.store.write("outreach.drop_touch", id=number)
        writing.edited("touch", touch_key(found.person, activity.id, number), "occurred_on", on, None)
        return date.fromisoformat(on)

    return activity, _for_each(writing, refs, remove, all_or_nothing=all_or_nothing)


def _add(writing: Writing, person: int, activity: int, on: str) -> None:
    writing.crediting(person)
    number = writing.store.value("outreach.add_touch", person=person, activity=activity, occurred_on=on)
    writing.created("touch", touch_key(person, activity, number))


def touch_key(person: int, activity: int, number: int) -> str:
    """Return what an account calls a touch: its own number tells it from one that was taken away before."""
    return f"{person}:{activity}:{number}"


class _NothingKept(Exception):
    """Ends the transaction without keeping anything."""


def _for_each(
    writing: Writing, refs: Sequence[str], do: Callable[[Found], date], *, all_or_nothing: bool
) -> tuple[Touched, ...]:
    """Do something with each person that is meant, each in a transaction of its own or all in one."""
    if not refs:
        raise InvalidInput("ids-missing")
    if not all_or_nothing:
        with writing.rehearsal():
            return tuple(_one(writing, ref, do) for ref in refs)
    outcomes: tuple[Touched, ...] = ()
    try:
        with writing.transaction():
            outcomes = tuple(_one(writing, ref, do) for ref in refs)
            if not all(each.done for each in outcomes):
                raise _NothingKept
    except _NothingKept:
        undone = Refused("rolled-back")
        return tuple(each._replace(on=None, error=undone) if each.done else each for each in outcomes)
    return outcomes


def _one(writing: Writing, ref: str, do: Callable[[Found], date]) -> Touched:
    outcome = Touched(ref)
    try:
        with writing.transaction():
            found = _person(writing.store, ref)
            outcome = Touched(ref, candidate_id(found.person), found.name)
            return outcome._replace(on=do(found))
    except SocrekryError as error:
        return outcome._replace(error=error)


def _person(store: Store, ref: str) -> Found:
    """Return the person that is meant, unless all that she was here for was undone."""
    found = find_person(store, ref)
    if found.state == VOID and (store.row("person.read", person=found.person) or ())[7]:
        raise NotFound("candidate-not-found", ref=ref)
    return found
