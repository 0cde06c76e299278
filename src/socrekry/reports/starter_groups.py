"""Who is alike among those who started: of one channel, unit, supervisor, cohort or university.

A group without a name holds those of whom it is not known, and stands last; so the groups add up to all.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TypeAlias

from socrekry.domain.attribution import Contact, Origin, contacts_of
from socrekry.domain.channels import CHANNELS
from socrekry.domain.ids import staff_id
from socrekry.domain.names import sort_key
from socrekry.domain.term import Term
from socrekry.reports.asking import Scope
from socrekry.reports.starters import Starter
from socrekry.store.connect import Store

Label: TypeAlias = tuple[str | None, str | None]
"""A group by its code and by what a reader calls it."""
Grouping: TypeAlias = Callable[[Store, Scope], Callable[[Starter], Label]]


def grouped(store: Store, scope: Scope, everybody: Iterable[Starter], by: str) -> dict[Label, list[Starter]]:
    """Return those who started by group, in the order in which a reader looks for them."""
    label = GROUPINGS[by](store, scope)
    parts: dict[Label, list[Starter]] = {}
    for each in everybody:
        parts.setdefault(label(each), []).append(each)
    order = _ORDERS.get(by, _by_title)
    return dict(sorted(parts.items(), key=lambda part: (part[0][0] is None, *order(part[0]))))


def _by_channel(store: Store, scope: Scope) -> Callable[[Starter], Label]:
    """By her first contact, which is the first that counts for any candidacy of hers."""
    touches: dict[int, list[Contact]] = {}
    origins: dict[int, list[Origin]] = {}
    for person, *touch in store.rows("retention.touches", **scope.values):
        touches.setdefault(person, []).append(Contact.touch(*touch))
    for person, number, channel, day in store.rows("retention.origins", **scope.values):
        origins.setdefault(person, []).append(Origin(number, channel, date.fromisoformat(day), None))

    def label(each: Starter) -> Label:
        contacts = contacts_of(touches.get(each.person, ()), origins.get(each.person, ()))
        kind = contacts[0].kind if contacts else None
        return kind, kind

    return label


def _by_unit(_store: Store, _scope: Scope) -> Callable[[Starter], Label]:
    return lambda each: (each.unit, each.unit)


def _by_supervisor(store: Store, scope: Scope) -> Callable[[Starter], Label]:
    """Of several, the last who was assigned; two of one name are told apart by their ids."""
    last: dict[int, int] = {}
    names: dict[int, str] = {}
    for candidacy, staff, name in store.rows("retention.supervisors", **scope.values):
        last[candidacy] = staff
        names[staff] = name
    alike = Counter(names.values())
    shown = {
        staff: f"{name} ({staff_id(staff)})" if alike[name] > 1 else name for staff, name in names.items()
    }

    def label(each: Starter) -> Label:
        name = shown[last[each.candidacy]] if each.candidacy in last else None
        return name, name

    return label


def _by_cohort(_store: Store, _scope: Scope) -> Callable[[Starter], Label]:
    def label(each: Starter) -> Label:
        name = f"{each.term} {each.cohort}".rstrip()
        return name, name

    return label


def _by_university(_store: Store, _scope: Scope) -> Callable[[Starter], Label]:
    return lambda each: each.university


def _by_title(label: Label) -> tuple[object, ...]:
    return (sort_key(label[1] or ""), label[0] or "")


GROUPINGS: Mapping[str, Grouping] = {
    "channel": _by_channel,
    "unit": _by_unit,
    "supervisor": _by_supervisor,
    "cohort": _by_cohort,
    "university": _by_university,
}
_ORDERS: Mapping[str, Callable[[Label], tuple[object, ...]]] = {
    "channel": lambda label: (CHANNELS.index(label[0]) if label[0] else 0,),
    "cohort": lambda label: (Term.parse(label[0].split(" ")[0]).code, *_by_title(label)) if label[0] else (),
}
