"""From events to where a candidacy stands: stays, rests, assignments, and what was undone or mended."""

import pytest

from socrekry.domain import events as e
from socrekry.domain.candidacy import ASIDE, BACK, ENDED, LOST, ONWARD, OPEN, VOID, Candidacy, Stay
from socrekry.domain.folding import fold, standing_entries, undone_by, with_events
from tests.builders import a_candidacy, a_pipeline, day, then

PIPELINE = a_pipeline(
    beside={"reserve": ("applied", "selected")},
    lost={"turned-down": ("selected", "declined")},
    back=[("selected", "applied")],
    stages={"selected": {"takes_seat": True, "supervised": True}},
)
SELECTED = a_candidacy(PIPELINE, "applied selected")


def without_log(candidacy: Candidacy) -> Candidacy:
    return candidacy._replace(entries=(), standing=())


def test_a_log_tells_every_stay_from_day_to_day() -> None:
    assert SELECTED.stays == (
        Stay("lead", day(1), 1, True, day(2), 2, ONWARD),
        Stay("applied", day(2), 2, True, day(3), 3, ONWARD),
        Stay("selected", day(3), 3, True),
    )
    assert (SELECTED.stage, SELECTED.entered_on, SELECTED.last_move_on) == ("selected", day(3), day(3))


@pytest.mark.parametrize(
    ("before", "target", "left"),
    [
        ("", "applied", ONWARD),
        ("applied", "reserve", ASIDE),
        ("applied reserve", "selected", ONWARD),
        ("applied selected", "applied", BACK),
        ("applied selected", "turned-down", ASIDE),
    ],
)
def test_a_stay_tells_how_it_was_left(before: str, target: str, left: str) -> None:
    candidacy = a_candidacy(PIPELINE, before)
    moved = then(PIPELINE, candidacy, e.Moved("some-way", candidacy.stage, target))
    assert moved.stays[len(candidacy.stays) - 1].left == left


def test_only_the_first_visit_to_a_stage_is_its_first() -> None:
    again = a_candidacy(PIPELINE, "applied selected applied")
    assert [(stay.stage, stay.first) for stay in again.stays][1:] == [
        ("applied", True),
        ("selected", True),
        ("applied", False),
    ]


def test_a_lost_stage_is_entered_and_left_on_one_day_with_its_outcome() -> None:
    lost = then(PIPELINE, SELECTED, e.Moved("to-turned-down", "selected", "turned-down", reason=7))
    assert (lost.state, lost.outcome, lost.stage) == (LOST, "declined", "turned-down")
    assert lost.stays[-1] == Stay("turned-down", day(4), 4, True, day(4), 4, ENDED, "declined", None, 7)


def test_a_closing_says_how_why_and_by_whom() -> None:
    closed = then(PIPELINE, SELECTED, e.Closed("withdrawn", "selected", "candidate", 5))
    assert (closed.state, closed.outcome, closed.supervised) == (LOST, "withdrawn", False)
    assert closed.stays[-1] == Stay(
        "selected", day(3), 3, True, day(4), 4, ENDED, "withdrawn", "candidate", 5
    )


def test_reopening_goes_on_at_the_stage_with_a_stay_of_its_own() -> None:
    closed = then(PIPELINE, SELECTED, e.Closed("withdrawn", "selected"))
    open_again = then(PIPELINE, closed, e.Reopened("selected"), on=day(9))
    assert (open_again.state, open_again.outcome, open_again.holds_seat) == (OPEN, None, True)
    assert open_again.stays[-1] == Stay("selected", day(9), 5, False)


def test_days_of_rest_are_kept_with_the_stay_they_were_in() -> None:
    resting = then(PIPELINE, SELECTED, e.Paused(day(20), "leave"), on=day(5))
    resumed = then(PIPELINE, resting, e.Resumed(), on=day(8))
    assert (resting.pause is not None, resumed.pause) == (True, None)
    assert (resting.stays[-1].paused_days, resumed.stays[-1].paused_days) == (0, 3)


@pytest.mark.parametrize(("left_on", "days"), [(8, 3), (20, 15), (40, 15)])
def test_a_rest_that_is_cut_short_counts_for_as_long_as_it_lasted(left_on: int, days: int) -> None:
    resting = then(PIPELINE, SELECTED, e.Paused(day(20), "leave"), on=day(5))
    closed = then(PIPELINE, resting, e.Closed("withdrawn", "selected"), on=day(left_on))
    assert (closed.stays[-1].paused_days, closed.pause) == (days, None)


def test_a_transfer_takes_everything_along() -> None:
    moved = then(PIPELINE, SELECTED, e.Transferred(cohort=2, from_cohort=1, unit=3))
    assert (moved.cohort, moved.unit, moved.stage, moved.holds_seat) == (2, 3, "selected", True)
    assert moved.stays == SELECTED.stays


def test_a_place_in_line_is_lost_with_the_stage() -> None:
    waiting = then(PIPELINE, a_candidacy(PIPELINE, "applied"), e.Moved("w", "applied", "reserve", rank=2))
    first = then(PIPELINE, waiting, e.Ranked(1))
    selected = then(PIPELINE, first, e.Moved("to-selected", "reserve", "selected"))
    assert (waiting.rank, first.rank, selected.rank) == (2, 1, None)
    assert then(PIPELINE, first, e.Closed("no-reply", "reserve")).rank is None


def test_an_assignment_ends_the_one_before_it_in_that_role_alone() -> None:
    both = then(PIPELINE, SELECTED, e.Assigned("supervisor", 1), e.Assigned("mentor", 1))
    changed = then(PIPELINE, both, e.Assigned("supervisor", 2), on=day(6))
    alone = then(PIPELINE, changed, e.Unassigned("mentor", 1), on=day(9))
    assert [(each.role, each.staff, each.to_on) for each in alone.assignments] == [
        ("supervisor", 1, day(6)),
        ("mentor", 1, day(9)),
        ("supervisor", 2, None),
    ]


def test_an_assignment_never_ends_before_it_began() -> None:
    assigned = then(PIPELINE, SELECTED, e.Assigned("mentor", 1), on=day(9))
    earlier = then(PIPELINE, assigned, e.Assigned("mentor", 2), on=day(5))
    assert [(each.from_on, each.to_on) for each in earlier.assignments] == [(day(9), day(9)), (day(5), None)]


def test_supervision_is_a_matter_of_open_candidacies_in_certain_stages() -> None:
    closed = then(PIPELINE, SELECTED, e.Closed("withdrawn", "selected"))
    states = [
        a_candidacy(PIPELINE, "applied"),
        SELECTED,
        closed,
        a_candidacy(PIPELINE, "applied selected hired"),
    ]
    assert [each.supervised for each in states] == [False, True, False, False]


def test_a_withdrawn_fact_is_gone_and_one_recorded_anew_is_the_last() -> None:
    noted = then(PIPELINE, SELECTED, e.FactRecorded("thesis", text=1), e.FactRecorded("assessment", "yes"))
    anew = then(PIPELINE, noted, e.FactRecorded("thesis", text=2))
    gone = then(PIPELINE, anew, e.FactWithdrawn("assessment", 5))
    assert [(fact.name, fact.text, fact.seq) for fact in anew.facts] == [
        ("assessment", None, 5),
        ("thesis", 2, 6),
    ]
    assert [fact.name for fact in gone.facts] == ["thesis"]


def test_what_was_undone_never_counted() -> None:
    closed = then(PIPELINE, SELECTED, e.Closed("withdrawn", "selected"))
    undone = then(PIPELINE, closed, e.Undone((4,)))
    assert without_log(undone) == without_log(SELECTED)
    assert (undone.head, [entry.seq for entry in undone.standing]) == (5, [1, 2, 3])


def test_a_candidacy_whose_opening_was_undone_is_void() -> None:
    void = then(PIPELINE, a_candidacy(PIPELINE), e.Undone((1,)))
    assert without_log(void) == without_log(Candidacy())
    assert void.state == VOID


def test_an_undoing_that_is_undone_itself_never_counted_either() -> None:
    void = then(PIPELINE, SELECTED, e.Undone((1, 2, 3)))
    again = then(PIPELINE, void, e.Undone((4,)))
    assert without_log(again) == without_log(SELECTED)
    assert undone_by(again.entries) == {4: 5}
    assert without_log(then(PIPELINE, again, e.Undone((5,)))) == without_log(void)


def test_a_mended_day_moves_the_stays_on_both_sides() -> None:
    mended = then(PIPELINE, SELECTED, e.Corrected(2, day(3)))
    assert [(stay.entered_on, stay.left_on) for stay in mended.stays] == [
        (day(1), day(3)),
        (day(3), day(3)),
        (day(3), None),
    ]
    assert [entry.occurred_on for entry in mended.entries[:3]] == [day(1), day(2), day(3)]


def test_the_last_of_two_corrections_holds_until_it_is_undone() -> None:
    once = then(PIPELINE, SELECTED, e.Corrected(3, day(10)))
    twice = then(PIPELINE, once, e.Corrected(3, day(20)))
    assert (once.entered_on, twice.entered_on) == (day(10), day(20))
    assert then(PIPELINE, twice, e.Undone((5,))).entered_on == day(10)
    assert then(PIPELINE, once, e.Undone((4,))).entered_on == day(3)


def test_a_correction_of_what_is_undone_changes_nothing() -> None:
    mended = then(PIPELINE, SELECTED, e.Corrected(3, day(10)))
    undone = then(PIPELINE, mended, e.Undone((3, 4)))
    assert [entry.seq for entry in standing_entries(undone.entries)] == [1, 2]
    assert without_log(undone) == without_log(a_candidacy(PIPELINE, "applied"))


def test_events_to_come_are_numbered_from_the_head() -> None:
    after = with_events(
        PIPELINE, SELECTED, [(day(4), e.Closed("declined", "selected")), (None, e.Undone((4,)))]
    )
    assert [entry.seq for entry in after.entries] == [1, 2, 3, 4, 5]
    assert without_log(after) == without_log(SELECTED)


def test_no_events_are_a_candidacy_that_is_nowhere() -> None:
    assert fold(PIPELINE, ()) == Candidacy()
