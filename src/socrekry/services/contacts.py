"""Contacts: how and when a person was met, by the one definition of `socrekry.domain.attribution`."""

from datetime import date
from typing import NamedTuple

from socrekry.domain.attribution import Contact, Origin, contacts_of
from socrekry.domain.ids import activity_id
from socrekry.store.connect import Store


class KnownContact(NamedTuple):
    """A contact with a person as it is shown: the activity, or nothing but a channel; and its day."""

    activity: str | None
    kind: str
    on: date
    title: str | None


def contacts(store: Store, person: int) -> tuple[KnownContact, ...]:
    """Return every contact with a person, the earliest first."""
    rows = store.rows("outreach.touches_of", person=person)
    told = store.rows("outreach.channels_of", person=person)
    titles = {activity: title for _, _, _, activity, title in rows}
    found = contacts_of(
        [Contact.touch(*row[:4]) for row in rows],
        [Origin(number, channel, date.fromisoformat(on), None) for number, channel, on in told],
    )
    return tuple(
        KnownContact(
            activity_id(each.activity) if each.activity else None,
            each.kind,
            each.day,
            titles.get(each.activity),
        )
        for each in found
    )
