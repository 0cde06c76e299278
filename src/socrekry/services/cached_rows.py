"""The rows that are kept of a candidacy beside its own – stays, facts, assignments – as its log says them.

Whoever keeps a candidacy, proves or mends one, and whoever writes many at once, make them here: a column that
two of them filled in two ways would be a defect that no check finds.
"""

from datetime import date
from itertools import zip_longest
from typing import Any

from socrekry.domain.candidacy import ENDED, Candidacy
from socrekry.domain.facts import FACTS


def iso(day: date | None) -> str | None:
    """Return a day as it is stored."""
    return day.isoformat() if day else None


def stay_rows(candidacy: int, state: Candidacy) -> list[dict[str, Any]]:
    """Return the rows of a candidacy's stays, as they are stored: each with its days and where it led."""
    return [
        {
            "candidacy": candidacy,
            "number": number,
            "stage": stay.stage,
            "entered_on": iso(stay.entered_on),
            "entered_seq": stay.entered_seq,
            "first": stay.first,
            "left_on": iso(stay.left_on),
            "left_seq": stay.left_seq,
            "left_how": stay.left,
            "outcome": stay.outcome,
            "closed_by": stay.by,
            "reason": stay.reason,
            "paused_days": stay.paused_days,
            "days": stay.days,
            "left_to": after.stage if after and stay.left != ENDED else None,
        }
        for number, (stay, after) in enumerate(zip_longest(state.stays, state.stays[1:]), 1)
    ]


def fact_rows(candidacy: int, person: int, state: Candidacy) -> list[dict[str, Any]]:
    """Return the rows of the facts that stand in a candidacy's log, as they are stored."""
    return [
        {
            "candidacy": candidacy,
            "seq": fact.seq,
            "person": person,
            "about_person": FACTS[fact.name].about_person,
            "name": fact.name,
            "value": fact.value,
            "occurred_on": iso(fact.on),
            "text": fact.text,
            "seen_by": fact.seen_by,
        }
        for fact in state.facts
    ]


def assignment_rows(candidacy: int, state: Candidacy) -> list[dict[str, Any]]:
    """Return the rows of a candidacy's assignments, as they are stored."""
    return [
        {
            "candidacy": candidacy,
            "seq": each.seq,
            "role": each.role,
            "staff": each.staff,
            "from_on": iso(each.from_on),
            "to_on": iso(each.to_on),
        }
        for each in state.assignments
    ]
