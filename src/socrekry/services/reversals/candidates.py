"""The way back for what is kept of persons: their details, tags, touches and voices, and notes about them."""

from typing import Any

from socrekry.domain.errors import Refused
from socrekry.domain.ids import candidate_id
from socrekry.domain.term import Term
from socrekry.services.persons import keep_details, read_details
from socrekry.services.reversals.ways import Change, Reversal, changed_since, drop, new_row
from socrekry.services.writing import as_text
from socrekry.store.connect import Store


def _person(store: Store, change: Change) -> None:
    details, _ = read_details(store, int(change.key))
    if as_text(getattr(details, change.field)) != change.after:
        raise changed_since(change)
    before: Any = change.before
    if change.field == "graduates" and before is not None:
        before = Term.parse(before)
    keep_details(store, int(change.key), details._replace(**{change.field: before}))


def _tag(store: Store, change: Change) -> None:
    person, _, tag = change.key.partition(":")
    if change.field:
        store.write("person.add_tag", person=int(person), tag=tag)
    else:
        drop(store, change, "person.drop_tag", person=int(person), tag=tag)


def _touch(store: Store, change: Change) -> None:
    person, activity, number = map(int, change.key.split(":"))
    if change.field:
        whose = {"person": person, "activity": activity}
        store.write("outreach.restore_touch", id=number, **whose, occurred_on=change.before)
    else:
        drop(store, change, "outreach.drop_touch", id=number)


def _voice(store: Store, change: Change) -> None:
    if change.field:
        from socrekry.services.voices import put_back  # no other undo pays for it

        put_back(store, change.before or "")
    else:
        drop(store, change, "voices.drop", id=int(change.key.partition(":")[2]))


def _protection(_: Store, change: Change) -> None:
    """Nothing is left of what was scrubbed."""
    raise Refused("protection-final", id=candidate_id(int(change.key)))


REVERSALS: dict[str, Reversal] = {
    "person": _person,
    "tag": _tag,
    "touch": _touch,
    "voice": _voice,
    "remark": new_row("editing.drop_remark", int),
    "protection": _protection,
}
