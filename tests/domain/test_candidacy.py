"""Where a candidacy stands: its seat, its rest, and how long its stage expects it to stay."""

from datetime import date

import pytest

from socrekry.domain.candidacy import LOST, OPEN, VOID, WON, Candidacy, due_on
from socrekry.domain.events import Assigned, Closed, FactRecorded, Paused, Undone
from tests.builders import a_candidacy, a_pipeline, day, then

PIPELINE = a_pipeline(stages={"selected": {"takes_seat": True}})
APPLIED = a_candidacy(PIPELINE, "applied")


def test_before_its_first_event_a_candidacy_is_nowhere() -> None:
    nothing = Candidacy()
    assert (nothing.state, nothing.head, nothing.entered_on, nothing.holds_seat) == (VOID, 0, None, False)


@pytest.mark.parametrize(
    ("stages", "state", "seated"),
    [("applied", OPEN, False), ("applied selected", OPEN, True), ("applied selected hired", WON, True)],
)
def test_a_seat_is_held_from_its_stage_on_and_when_it_is_won(stages: str, state: str, seated: bool) -> None:
    candidacy = a_candidacy(PIPELINE, stages)
    assert (candidacy.state, candidacy.holds_seat) == (state, seated)


def test_a_lost_outcome_frees_the_seat() -> None:
    selected = a_candidacy(PIPELINE, "applied selected")
    closed = then(PIPELINE, selected, Closed("declined", "selected"))
    assert (closed.state, closed.holds_seat) == (LOST, False)


@pytest.mark.parametrize(("on", "paused"), [(2, False), (3, True), (9, True), (10, False)])
def test_a_rest_lasts_from_its_first_day_until_the_day_it_names(on: int, paused: bool) -> None:
    resting = then(PIPELINE, APPLIED, Paused(day(10), "leave"), on=day(3))
    assert resting.is_paused(day(on)) is paused
    assert not APPLIED.is_paused(day(on))


def test_the_last_word_on_a_fact_and_a_role_is_what_counts() -> None:
    noted = then(
        PIPELINE,
        APPLIED,
        FactRecorded("degree", "other-degree"),
        Assigned("mentor", 1),
        Assigned("mentor", 2),
    )
    fact = noted.fact("degree")
    assert fact is not None
    assert (fact.value, noted.fact("thesis")) == ("other-degree", None)
    assert (noted.assigned("mentor"), noted.assigned("supervisor")) == (2, None)


@pytest.mark.parametrize(("longest", "due"), [(30, day(32)), (0, day(2)), (None, None)])
def test_a_stay_is_due_when_its_stage_says(longest: int | None, due: date | None) -> None:
    assert due_on(APPLIED, longest) == due


def test_a_rest_is_left_out_of_the_stay_while_it_runs_and_afterwards() -> None:
    resting = then(PIPELINE, APPLIED, Paused(day(12), "studies"), on=day(5))
    assert due_on(resting, 30) == day(39)
    again = then(PIPELINE, resting, Paused(day(14), "studies"), on=day(10))
    assert due_on(again, 30) == day(41)


@pytest.mark.parametrize("state", ["won", "lost", "void"])
def test_nothing_is_due_of_what_is_over(state: str) -> None:
    over = {
        "won": a_candidacy(PIPELINE, "applied selected hired"),
        "lost": then(PIPELINE, APPLIED, Closed("withdrawn", "applied")),
        "void": then(PIPELINE, a_candidacy(PIPELINE), Undone((1,))),
    }
    assert over[state].state == state
    assert due_on(over[state], 30) is None
