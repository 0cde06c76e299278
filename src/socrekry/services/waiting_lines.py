"""Waiting lists: who waits first for a seat, by rank and then by the day of coming there.

Everybody in the line counts, also whom row security hides from the one who asks: naming the first of those
whom she sees would let somebody pass another by.
"""

from typing import NamedTuple

from socrekry.domain.ids import candidacy_id
from socrekry.domain.names import shown_name
from socrekry.services.candidacies import Subject
from socrekry.store.connect import Store


class Waiting(NamedTuple):
    """Who waits first for a seat, by id and name; neither where row security hides her."""

    id: str | None
    name: str | None


def freed_for(store: Store, before: Subject, after: Subject) -> Waiting | None:
    """Return who waits first for a seat that a change set free; None if it freed none, or nobody waits."""
    old, new = before.candidacy, after.candidacy
    line = before.pipeline.waiting_list
    if line is None or not old.holds_seat or (new.holds_seat and old.cohort == new.cohort):
        return None
    return first_in_line(store, old.cohort, line.name)


def first_in_line(store: Store, cohort: int, waiting_list: str) -> Waiting | None:
    """Return who waits first in a cohort, in the stage that is its waiting list."""
    row = store.row("candidacy.first_in_line", cohort=cohort, waiting=waiting_list)
    if row is None:
        return None
    person, number, name, protected = row
    return (
        Waiting(None, None)
        if person is None
        else Waiting(candidacy_id(person, number), shown_name(name, protected))
    )
