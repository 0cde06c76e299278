"""Events: what goes into the log comes out of it, and holds nothing that could not be erased."""

import json
import typing
from datetime import date

import pytest

from socrekry.domain import events as e
from socrekry.domain.events import KINDS, NAMES, Event, from_body, to_body

VERDICT = e.Verdict("free-seat", True, False, "seat-free", {"seats": 10, "taken": 3}, overridden=False)
EVENTS: list[Event] = [
    e.Opened("lead", 1),
    e.Opened("lead", 1, 2, imported=True),
    e.Moved("select", "applied", "selected"),
    e.Moved("select", "applied", "selected", (VERDICT, VERDICT), 4, 5, 6, imported=True),
    e.Closed("declined", "offer"),
    e.Closed("declined", "offer", "candidate", 7, imported=True),
    e.Reopened("offer"),
    e.FactRecorded("thesis", None, 8),
    e.FactRecorded("degree", "socionomexamen", seen_by=9),
    e.FactWithdrawn("degree", 3),
    e.Assigned("mentor", 1),
    e.Unassigned("mentor", 1),
    e.Paused(date(2027, 1, 1), "leave"),
    e.Resumed(),
    e.Transferred(2, 1),
    e.Transferred(2, 1, 3, 4),
    e.Ranked(None),
    e.Ranked(1),
    e.Undone((4, 5)),
    e.Corrected(2, date(2026, 3, 1)),
]


@pytest.mark.parametrize("event", EVENTS, ids=repr)
def test_an_event_comes_out_of_the_log_as_it_went_in(event: Event) -> None:
    kept = json.loads(json.dumps(to_body(event)))
    assert from_body(NAMES[type(event)], kept) == event


def test_every_kind_of_event_has_a_name_and_an_example() -> None:
    assert set(KINDS.values()) == set(typing.get_args(Event)) == {type(event) for event in EVENTS}


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.__name__)
def test_whatever_a_user_may_write_is_only_pointed_to(kind: type[typing.Any]) -> None:
    kinds = typing.get_type_hints(kind)
    words = {"reason", "override", "text", "seen_by"} & set(kinds)
    assert all(kinds[name] == int | None for name in words if kind is not e.Paused)
    assert "name" not in kinds


def test_an_unknown_kind_of_event_is_an_error_and_not_ignored() -> None:
    with pytest.raises(KeyError):
        from_body("promoted", {})
