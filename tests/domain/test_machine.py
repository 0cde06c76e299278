"""What may be done: each intent's events, and every rule that refuses it."""

from datetime import date
from typing import Any, cast

import pytest

from socrekry.domain import events as e
from socrekry.domain import intents as i
from socrekry.domain.candidacy import LOST, OPEN, WON, Candidacy
from socrekry.domain.errors import InvalidInput, NotFound
from socrekry.domain.guards import Circumstances, Room, Seats
from socrekry.domain.machine import Decision, Refusal, decide, ways_on
from socrekry.domain.pipeline import GuardUse, Pipeline
from tests.builders import HT2026, TODAY, a_candidacy, a_pipeline, around, day, then

PIPELINE = a_pipeline(
    "lead applied selected placement hired",
    beside={"reserve": ("applied", "selected")},
    lost={"turned-down": ("selected", "declined")},
    back=[("reserve", "applied")],
    guards={
        "selected": [GuardUse("assessment", True, {}), "free-seat"],
        "placement": [GuardUse("university-confirmed", True, {}), "supervisor", GuardUse("mentor", True, {})],
    },
    stages={"selected": {"takes_seat": True}, "placement": {"supervised": True}},
)
PLAIN = a_pipeline()
SEATED = a_pipeline(guards={"selected": ["free-seat"]}, stages={"selected": {"takes_seat": True}})
LEAD, APPLIED = a_candidacy(PIPELINE), a_candidacy(PIPELINE, "applied")
RESERVE, SELECTED = a_candidacy(PIPELINE, "applied reserve"), a_candidacy(PIPELINE, "applied selected")
HIRED = a_candidacy(PIPELINE, "applied selected placement hired")
CLOSED = then(PIPELINE, APPLIED, e.Closed("withdrawn", "applied"))
VOID = then(PIPELINE, LEAD, e.Undone((1,)))
PAUSED = then(PIPELINE, APPLIED, e.Paused(day(20), "leave"), on=day(10))
LATER = day(30)
STAFF = around(staff={7: Room(("supervisor",), 2, 0), 8: Room(("mentor",), 1, 1)})


def done(
    intent: i.Intent,
    candidacy: Candidacy = APPLIED,
    *,
    on: date = LATER,
    given: Circumstances = STAFF,
    pipeline: Pipeline = PIPELINE,
) -> Decision:
    answer = decide(pipeline, candidacy, intent, on, given)
    assert isinstance(answer, Decision), answer
    return answer


def refused(
    intent: i.Intent, candidacy: Candidacy = APPLIED, *, on: date = LATER, given: Circumstances = STAFF
) -> list[tuple[str, str]]:
    answer = decide(PIPELINE, candidacy, intent, on, given)
    assert isinstance(answer, Refusal), answer
    return [(each.guard, each.reason) for each in answer.verdicts]


def only_event(decision: Decision) -> Any:
    ((_, event),) = decision.events
    return event


def test_a_candidacy_begins_at_the_first_stage_of_its_pipeline() -> None:
    opened = done(i.Open(1, 3, imported=True), Candidacy())
    assert opened.events == ((day(30), e.Opened("lead", 1, 3, imported=True)),)
    assert (opened.after.state, opened.after.stage, opened.after.unit) == (OPEN, "lead", 3)
    assert not only_event(done(i.Open(1), Candidacy())).imported


@pytest.mark.parametrize(
    ("candidacy", "to", "stage"),
    [
        (LEAD, None, "applied"),
        (LEAD, "applied", "applied"),
        (RESERVE, "applied", "applied"),
        (SELECTED, "turned-down", "turned-down"),
    ],
)
def test_an_advance_goes_to_the_stage_it_names_or_the_next(
    candidacy: Candidacy, to: str | None, stage: str
) -> None:
    assert done(i.Advance(to), candidacy).after.stage == stage


def test_from_beside_the_path_the_next_stage_is_onward_even_where_a_way_leads_back() -> None:
    assert refused(i.Advance(), RESERVE) == [("assessment", "fact-missing")]


@pytest.mark.parametrize(
    ("candidacy", "to", "reason"),
    [
        (LEAD, "selected", "no-way"),
        (APPLIED, "applied", "no-way"),
        (a_candidacy(PIPELINE, "applied selected placement"), "reserve", "no-way"),
    ],
)
def test_where_no_way_leads_nobody_goes(candidacy: Candidacy, to: str, reason: str) -> None:
    assert refused(i.Advance(to), candidacy) == [("transition", reason)]


def test_a_refusal_for_want_of_a_way_names_the_ways_there_are() -> None:
    answer = cast("Refusal", decide(PIPELINE, APPLIED, i.Advance("hired"), day(30), STAFF))
    ways = {"from": "applied", "to": "hired", "ways": ["reserve", "selected"], "on": "2026-01-30"}
    assert answer.verdicts[0].facts == ways


def test_a_stage_without_a_way_onward_has_no_next() -> None:
    dead_end = a_pipeline(beside={"talks": ("lead", "applied")}, back=[("talks", "lead")])
    onward = tuple(
        each._replace(sources=("lead",)) for each in dead_end.transitions if each.target == "applied"
    )
    pipeline = dead_end._replace(transitions=(*onward, dead_end.transitions[-1]))
    answer = decide(pipeline, a_candidacy(dead_end, "talks"), i.Advance(), day(30), STAFF)
    assert isinstance(answer, Refusal)
    assert [each.reason for each in answer.verdicts] == ["no-next-stage"]


def test_an_unknown_stage_is_an_error_that_names_those_there_are() -> None:
    with pytest.raises(NotFound) as missing:
        decide(PIPELINE, APPLIED, i.Advance("promoted"), day(30), STAFF)
    assert missing.value.code == "stage-not-found"
    assert "reserve" in missing.value.details["stages"]


def test_a_move_keeps_every_verdict_and_the_facts_it_saw() -> None:
    assessed = then(PIPELINE, APPLIED, e.FactRecorded("assessment", "yes"), on=day(5))
    moved = only_event(done(i.Advance("selected", reason=4), assessed))
    assert (moved.transition, moved.source, moved.target) == ("to-selected", "applied", "selected")
    assert (moved.reason, moved.override, moved.imported) == (4, None, False)
    assert [(each.guard, each.met, each.facts) for each in moved.verdicts] == [
        ("assessment", True, {"fact": "assessment", "value": "yes", "on": "2026-01-05"}),
        ("free-seat", True, {"seats": 10, "taken": 0}),
    ]


def test_a_refusal_names_every_guard_that_is_not_met() -> None:
    assert refused(i.Advance("placement"), SELECTED) == [
        ("university-confirmed", "fact-missing"),
        ("supervisor", "nobody-assigned"),
        ("mentor", "nobody-assigned"),
    ]


def test_an_override_sets_aside_only_what_may_be() -> None:
    assert refused(i.Advance("placement", override=9), SELECTED) == [("supervisor", "nobody-assigned")]
    assigned = then(PIPELINE, SELECTED, e.Assigned("supervisor", 7), on=day(5))
    moved = only_event(done(i.Advance("placement", override=9), assigned))
    assert [(each.guard, each.overridden) for each in moved.verdicts] == [
        ("university-confirmed", True),
        ("supervisor", False),
        ("mentor", True),
    ]
    assert moved.override == 9


def test_an_override_that_was_not_needed_is_not_logged_as_one() -> None:
    assessed = then(PIPELINE, APPLIED, e.FactRecorded("assessment", "yes"), on=day(5))
    moved = only_event(done(i.Advance("selected", override=9), assessed))
    assert moved.override is None
    assert not any(each.overridden for each in moved.verdicts)


def test_a_full_cohort_cannot_be_overridden() -> None:
    full = around(seats=10, taken=10)
    assert refused(i.Advance("selected", override=9), given=full) == [("free-seat", "cohort-full")]


@pytest.mark.parametrize(("stage", "can_wait"), [("applied", True), ("reserve", False)])
def test_a_full_cohort_says_when_there_is_no_list_to_wait_on(stage: str, can_wait: bool) -> None:
    full, there = around(seats=10, taken=10), a_candidacy(PIPELINE, stage)
    (way,) = [
        each for each in ways_on(PIPELINE, there, day(30), full) if each.transition.target == "selected"
    ]
    (seat,) = [each for each in way.verdicts if each.guard == "free-seat"]
    assert ("waiting_list" not in seat.facts) == can_wait


@pytest.mark.parametrize(
    ("pipeline", "candidacy", "points"),
    [(PIPELINE, APPLIED, True), (PIPELINE, RESERVE, False), (SEATED, a_candidacy(SEATED, "applied"), False)],
    ids=["to the list", "from the list", "without a list"],
)
def test_a_full_cohort_points_to_the_waiting_list_where_one_can_wait(
    pipeline: Pipeline, candidacy: Candidacy, points: bool
) -> None:
    full = around(seats=1, taken=1)
    answer = decide(pipeline, candidacy, i.Advance("selected", override=9), day(30), full)
    (way,) = [
        way for way in ways_on(pipeline, candidacy, day(30), full) if way.transition.target == "selected"
    ]
    assert isinstance(answer, Refusal)
    for verdict in (answer.verdicts[-1], way.verdicts[-1]):
        assert (verdict.reason, "waiting_list" not in verdict.facts) == ("cohort-full", points)


def test_a_limit_that_a_reopening_breaks_points_to_no_list() -> None:
    closed = then(PIPELINE, SELECTED, e.Closed("declined", "selected"))
    answer = decide(PIPELINE, closed, i.Reopen(), day(30), around(seats=1, taken=1))
    assert isinstance(answer, Refusal)
    assert answer.verdicts[0].facts == {"seats": 1, "taken": 1, "waiting_list": None}


def test_a_mentor_without_room_cannot_be_overridden_into_a_supervised_stage() -> None:
    both = then(PIPELINE, SELECTED, e.Assigned("supervisor", 7), e.Assigned("mentor", 8), on=day(5))
    assert refused(i.Advance("placement", override=9), both) == [("mentor", "no-room")]


def test_imported_history_asks_no_guard_but_obeys_the_limits() -> None:
    moved = only_event(done(i.Advance("selected", imported=True)))
    assert (moved.imported, moved.verdicts) == (True, ())
    full = around(seats=1, taken=1)
    assert refused(i.Advance("selected", imported=True), given=full) == [("free-seat", "cohort-full")]


MOVES = [
    i.Advance("reserve"),
    i.Reserve(1),
    i.Close("withdrawn"),
    i.Transfer(1, 3),
    i.Pause(day(90), "leave"),
]


@pytest.mark.parametrize("intent", MOVES, ids=repr)
def test_no_move_is_dated_before_the_last_one(intent: i.Intent) -> None:
    assert refused(intent, on=day(1)) == [("order", "before-the-last-move")]
    assert done(intent, on=day(2)).after.last_move_on == day(2)


@pytest.mark.parametrize("intent", [*MOVES, i.Record("thesis"), i.Correct("applied")], ids=repr)
def test_nothing_happens_in_the_future(intent: i.Intent) -> None:
    tomorrow = TODAY.replace(day=21)
    assert refused(intent, on=tomorrow) == [("date", "in-the-future")]


def test_the_refusal_of_a_day_says_which_day_it_was_compared_with() -> None:
    answer = cast("Refusal", decide(PIPELINE, APPLIED, i.Close("withdrawn"), day(1), STAFF))
    assert answer.verdicts[0].facts == {"on": "2026-01-01", "last": "2026-01-02"}


@pytest.mark.parametrize("intent", [*MOVES, i.Advance(), i.Assign("supervisor", 7)], ids=repr)
@pytest.mark.parametrize(
    ("candidacy", "reason"),
    [(CLOSED, "closed"), (HIRED, "closed"), (VOID, "void")],
    ids=["lost", "won", "void"],
)
def test_what_is_over_stays_as_it_is(intent: i.Intent, candidacy: Candidacy, reason: str) -> None:
    assert refused(intent, candidacy) == [("open", reason)]


@pytest.mark.parametrize("candidacy", [LEAD, HIRED, VOID], ids=["open", "won", "void"])
def test_only_what_was_closed_can_be_reopened(candidacy: Candidacy) -> None:
    assert refused(i.Reopen(), candidacy) == [("open", "not-closed")]


def test_a_closing_says_where_it_stood() -> None:
    closed = done(i.Close("declined", "candidate", 5), SELECTED)
    assert only_event(closed) == e.Closed("declined", "selected", "candidate", 5)
    assert (closed.after.state, closed.after.outcome, closed.after.holds_seat) == (LOST, "declined", False)


def test_reopening_goes_on_where_it_was_closed_and_not_earlier() -> None:
    assert only_event(done(i.Reopen(), CLOSED)) == e.Reopened("applied")
    assert refused(i.Reopen(), CLOSED, on=day(2)) == [("order", "before-the-last-move")]


def test_reopening_from_a_lost_stage_goes_on_at_the_open_one_before_it() -> None:
    lost = done(i.Advance("turned-down"), SELECTED).after
    assert only_event(done(i.Reopen(), lost)) == e.Reopened("selected")


def test_reopening_needs_a_seat_again() -> None:
    closed = then(PIPELINE, SELECTED, e.Closed("declined", "selected"))
    assert refused(i.Reopen(), closed, given=around(seats=10, taken=10)) == [("free-seat", "cohort-full")]


def test_the_waiting_list_is_a_move_the_first_time_and_a_place_after_that() -> None:
    waiting = done(i.Reserve(2, 5))
    assert only_event(waiting) == e.Moved("to-reserve", "applied", "reserve", reason=5, rank=2)
    first = done(i.Reserve(1), waiting.after)
    assert (only_event(first), first.after.rank) == (e.Ranked(1), 1)
    assert refused(i.Reserve(1), first.after) == [("transition", "already-there")]


def test_a_pipeline_without_a_waiting_list_says_so() -> None:
    with pytest.raises(InvalidInput) as invalid:
        decide(PLAIN, a_candidacy(PLAIN, "applied"), i.Reserve(), day(30), STAFF)
    assert (invalid.value.code, invalid.value.details) == ("no-waiting-list", {"pipeline": "some-pipeline"})


def test_a_transfer_leads_somewhere_else_or_is_none() -> None:
    two = around(cohorts={1: Seats(10, 0, HT2026), 2: Seats(1, 1, HT2026)})
    assert only_event(done(i.Transfer(2, 3), given=two)) == e.Transferred(2, 1, 3, None)
    assert refused(i.Transfer(1)) == [("transfer", "already-there")]
    assert refused(i.Transfer(2), SELECTED, given=two) == [("free-seat", "cohort-full")]


def test_a_rest_ends_after_it_begins() -> None:
    assert refused(i.Pause(day(30), "leave")) == [("pause", "pause-ends-before")]
    assert only_event(done(i.Pause(day(31), "leave"))) == e.Paused(day(31), "leave")


def test_whoever_rests_is_not_moved() -> None:
    assert refused(i.Advance("reserve"), PAUSED, on=day(19)) == [("pause", "paused")]
    assert done(i.Advance("reserve"), PAUSED, on=day(20)).after.stage == "reserve"
    assert done(i.Close("withdrawn"), PAUSED, on=day(15)).after.state == LOST


def test_only_who_rests_resumes() -> None:
    assert refused(i.Resume()) == [("pause", "not-paused")]
    assert refused(i.Resume(), PAUSED, on=day(20)) == [("pause", "not-paused")]
    assert done(i.Resume(), PAUSED, on=day(12)).after.stays[-1].paused_days == 2


def test_a_fact_may_be_dated_before_the_last_move_and_recorded_when_all_is_over() -> None:
    assert only_event(done(i.Record("thesis", None, 3, 4), on=day(1))) == e.FactRecorded("thesis", None, 3, 4)
    assert done(i.Record("left", text=5), HIRED).after.state == WON
    assert refused(i.Record("thesis"), VOID) == [("open", "void")]


def test_a_fact_is_withdrawn_by_the_event_that_recorded_it() -> None:
    noted = then(PIPELINE, APPLIED, e.FactRecorded("assessment", "yes"))
    assert only_event(done(i.WithdrawFact("assessment"), noted)) == e.FactWithdrawn("assessment", 3)
    with pytest.raises(NotFound) as missing:
        done(i.WithdrawFact("assessment"))
    assert missing.value.code == "fact-not-recorded"


def test_somebody_is_assigned_only_in_a_role_of_hers() -> None:
    assert only_event(done(i.Assign("supervisor", 7))) == e.Assigned("supervisor", 7)
    assert refused(i.Assign("mentor", 7)) == [("mentor", "wrong-role")]


def test_an_assignment_ends_only_where_there_is_one() -> None:
    assigned = then(PIPELINE, APPLIED, e.Assigned("mentor", 8))
    assert only_event(done(i.Unassign("mentor"), assigned)) == e.Unassigned("mentor", 8)
    with pytest.raises(NotFound) as missing:
        done(i.Unassign("mentor"))
    assert (missing.value.code, missing.value.details) == ("nobody-assigned", {"role": "mentor"})


def test_an_undo_takes_back_the_whole_last_command_and_again_goes_further_back() -> None:
    both = then(PIPELINE, APPLIED, e.FactRecorded("thesis", text=1), e.Moved("w", "applied", "reserve"))
    once = done(i.Undo(), both)
    assert once.events == ((None, e.Undone((3, 4))),)
    twice = done(i.Undo(), then(PIPELINE, both, e.Undone((3, 4))))
    assert only_event(twice) == e.Undone((2,))
    assert twice.after.stage == "lead"


def test_an_undo_takes_back_a_correction_like_anything_else() -> None:
    mended = then(PIPELINE, APPLIED, e.Corrected(2, day(9)))
    undone = done(i.Undo(), mended)
    assert (only_event(undone), undone.after.entered_on) == (e.Undone((3,)), day(2))


def test_an_undo_of_one_command_is_refused_where_another_wrote_since() -> None:
    assert refused(i.Undo(command=1)) == [("undo", "written-since")]
    assert only_event(done(i.Undo(command=2))) == e.Undone((2,))


def test_an_undo_never_takes_away_what_a_later_event_stands_on() -> None:
    between = then(PIPELINE, then(PIPELINE, LEAD, e.Moved("w", "lead", "applied")), e.FactRecorded("thesis"))
    again = then(PIPELINE, between, e.Moved("w", "applied", "reserve"), command=2)
    undone = done(i.Undo(), again)
    assert (only_event(undone), undone.after.stage) == (e.Undone((4,)), "applied")


def test_an_undo_obeys_the_limits() -> None:
    closed = then(PIPELINE, SELECTED, e.Closed("declined", "selected"))
    assert refused(i.Undo(), closed, given=around(seats=10, taken=10)) == [("free-seat", "cohort-full")]
    assert done(i.Undo(), closed).after.holds_seat


def test_there_is_an_end_to_undoing() -> None:
    assert refused(i.Undo(), VOID) == [("undo", "nothing-to-undo")]


def test_one_that_was_set_aside_can_be_taken_up_again() -> None:
    aside = done(i.SetAside(), LEAD)
    assert (only_event(aside), aside.after.state) == (e.Undone((1,)), "void")
    up = done(i.TakeUp(), aside.after)
    assert (only_event(up), up.after.stage) == (e.Undone((2,)), "lead")


@pytest.mark.parametrize(
    ("stage", "on", "reason"),
    [
        ("applied", 0, "before-the-last-move"),
        ("applied", 1, None),
        ("applied", 3, None),
        ("applied", 4, "after-the-next-move"),
        ("lead", 2, None),
        ("lead", 3, "after-the-next-move"),
        ("selected", 1, "before-the-last-move"),
        ("selected", 90, None),
    ],
)
def test_a_mended_day_lies_between_its_neighbours(stage: str, on: int, reason: str | None) -> None:
    intent = i.Correct(stage)
    if reason is None:
        assert isinstance(only_event(done(intent, SELECTED, on=day(on))), e.Corrected)
    else:
        assert refused(intent, SELECTED, on=day(on)) == [("order", reason)]


def test_the_first_day_of_all_may_be_mended_backwards_without_end() -> None:
    assert done(i.Correct("lead"), on=date(2020, 1, 1)).after.stays[0].entered_on == date(2020, 1, 1)


def test_the_day_of_a_stage_is_that_of_its_last_visit() -> None:
    back = a_candidacy(PIPELINE, "applied reserve applied")
    assert only_event(done(i.Correct("applied"), back, on=day(5))) == e.Corrected(4, day(5))
    with pytest.raises(NotFound) as missing:
        done(i.Correct("selected"))
    assert missing.value.code == "stage-never-entered"


def test_the_ways_on_answer_every_guard_of_every_transition() -> None:
    ways = {way.transition.name: way for way in ways_on(PIPELINE, APPLIED, day(30), STAFF)}
    assert {name: way.allowed for name, way in ways.items()} == {"to-reserve": True, "to-selected": False}
    assert [(each.guard, each.met) for each in ways["to-selected"].verdicts] == [
        ("assessment", False),
        ("free-seat", True),
    ]
    assert ways_on(PIPELINE, CLOSED, day(30), STAFF) == ()


def test_an_intent_without_a_rule_is_a_fault_of_ours() -> None:
    with pytest.raises(AssertionError, match="no rule"):
        decide(PIPELINE, APPLIED, cast("i.Intent", object()), day(30), STAFF)
