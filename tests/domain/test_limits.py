"""Limits: seats and room, compared before and after whatever was done."""

import pytest

from socrekry.domain import events as e
from socrekry.domain.candidacy import Candidacy
from socrekry.domain.events import Event
from socrekry.domain.guards import Room, Seats
from socrekry.domain.limits import limits_broken
from tests.builders import HT2026, a_candidacy, a_pipeline, around, then

PIPELINE = a_pipeline(
    "lead applied selected placement hired",
    stages={"selected": {"takes_seat": True}, "placement": {"supervised": True}},
)
APPLIED = a_candidacy(PIPELINE, "applied")
SELECTED = a_candidacy(PIPELINE, "applied selected")
PLACED = a_candidacy(PIPELINE, "applied selected placement")
CLOSED = then(PIPELINE, SELECTED, e.Closed("declined", "selected"))
SUPERVISED = then(PIPELINE, PLACED, e.Assigned("supervisor", 7))
FULL = {1: Seats(10, 10, HT2026), 2: Seats(10, 10, HT2026)}
NO_ROOM = {7: Room(("supervisor", "mentor"), 2, 2), 8: Room(("supervisor",), 2, 2)}


def guards(before: Candidacy, *events: Event) -> list[str]:
    after = then(PIPELINE, before, *events)
    return [each.guard for each in limits_broken(before, after, around(cohorts=FULL, staff=NO_ROOM))]


@pytest.mark.parametrize(
    ("before", "event"),
    [
        (APPLIED, e.Moved("to-selected", "applied", "selected")),
        (CLOSED, e.Reopened("selected")),
        (CLOSED, e.Undone((4,))),
        (SELECTED, e.Transferred(2, 1)),
    ],
    ids=["advance", "reopen", "undo", "transfer"],
)
def test_an_eleventh_finds_no_seat_whichever_way_she_comes(before: Candidacy, event: Event) -> None:
    assert guards(before, event) == ["free-seat"]


@pytest.mark.parametrize(
    ("before", "event"),
    [
        (SELECTED, e.Moved("to-placement", "selected", "placement")),
        (SELECTED, e.Transferred(1, 1, 3)),
        (SELECTED, e.Closed("declined", "selected")),
        (APPLIED, e.Transferred(2, 1)),
    ],
    ids=["onward", "to another unit", "close", "without a seat"],
)
def test_who_holds_a_seat_already_needs_no_other(before: Candidacy, event: Event) -> None:
    assert guards(before, event) == []


def test_a_broken_limit_says_what_it_counted_and_cannot_be_set_aside() -> None:
    (verdict,) = limits_broken(APPLIED, SELECTED, around(seats=10, taken=10))
    assert (verdict.met, verdict.overridable, verdict.reason) == (False, False, "cohort-full")
    assert verdict.facts == {"seats": 10, "taken": 10}


@pytest.mark.parametrize(
    ("before", "events", "broken"),
    [
        (PLACED, [e.Assigned("supervisor", 7)], ["supervisor"]),
        (PLACED, [e.Assigned("supervisor", 7), e.Assigned("mentor", 7)], ["supervisor", "mentor"]),
        (SELECTED, [e.Assigned("supervisor", 7)], []),
        (SELECTED, [e.Assigned("supervisor", 7), e.Moved("w", "selected", "placement")], ["supervisor"]),
        (SUPERVISED, [e.Assigned("mentor", 7)], []),
        (SUPERVISED, [e.Assigned("supervisor", 8)], ["supervisor"]),
        (SUPERVISED, [e.Unassigned("supervisor", 7)], []),
        (SUPERVISED, [e.Closed("discontinued", "placement")], []),
    ],
)
def test_nobody_has_more_than_she_has_room_for(
    before: Candidacy, events: list[Event], broken: list[str]
) -> None:
    assert guards(before, *events) == broken


def test_a_closed_candidacy_that_comes_back_needs_its_supervisors_room_again() -> None:
    closed = then(PIPELINE, SUPERVISED, e.Closed("discontinued", "placement"))
    assert guards(closed, e.Reopened("placement")) == ["free-seat", "supervisor"]


def test_in_another_term_the_room_is_another() -> None:
    moved = then(PIPELINE, SUPERVISED, e.Transferred(2, 1))
    rooms = {(7, HT2026): Room(("supervisor",), 2, 2), (7, HT2026.next): Room(("supervisor",), 2, 2)}
    cohorts = {1: Seats(10, 0, HT2026), 2: Seats(10, 0, HT2026.next)}
    (verdict,) = limits_broken(SUPERVISED, moved, around(cohorts=cohorts, rooms=rooms))
    assert (verdict.guard, verdict.reason) == ("supervisor", "no-room")
    assert verdict.facts == {
        "role": "supervisor",
        "staff": "S-7",
        "capacity": 2,
        "taken": 2,
        "term": "VT2027",
    }
