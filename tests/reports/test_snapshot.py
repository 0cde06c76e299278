"""Who stands where on a day, on histories short enough to count by hand."""

from datetime import date
from typing import Any

import pytest

from socrekry.domain.term import parse_range
from socrekry.reports.asking import Question
from socrekry.reports.snapshot import Snapshot, snapshot
from tests.builders import a_pipeline
from tests.reports.programme import TODAY, Programme

PIPELINE = a_pipeline(stages={"applied": {"longest_stay": 10}, "selected": {"takes_seat": True}})
APPLIED = "2025-03-01 applied 2025-03-10"


@pytest.fixture
def cohort(programme: Programme) -> Any:
    programme.install(PIPELINE)
    return programme.cohort("HT2025", 2, pipeline=PIPELINE.name)


def seen(programme: Programme, as_of: str = "", terms: str = "", **more: str) -> Snapshot:
    day = date.fromisoformat(as_of) if as_of else TODAY
    question = Question(day, parse_range(terms) if terms else None, **more)  # type: ignore[arg-type]
    return snapshot(programme.store, question, TODAY)


def applied(programme: Programme, as_of: str) -> tuple[Any, ...]:
    """Return here, overdue, paused, the median of days so far and the longest, of those who applied."""
    found = [each for of in seen(programme, as_of).pipelines for each in of.standing]
    return next((each[1:] for each in found if each.stage.name == "applied"), ())


def test_days_are_those_so_far(programme: Programme, cohort: Any) -> None:
    for on in ("2025-03-10", "2025-03-12", "2025-03-13"):
        programme.candidate(cohort, f"2025-03-01 applied {on}")
    assert applied(programme, "2025-03-15") == (3, 0, 0, 3, 5)
    assert applied(programme, "2025-03-12") == (2, 0, 0, 1, 2)


def test_longer_than_the_stage_expects_is_overdue(programme: Programme, cohort: Any) -> None:
    programme.candidate(cohort, APPLIED)
    assert applied(programme, "2025-03-20") == (1, 0, 0, 10, 10)
    assert applied(programme, "2025-03-21") == (1, 1, 0, 11, 11)


def test_who_rests_is_not_overdue_and_does_not_grow_older(programme: Programme, cohort: Any) -> None:
    programme.candidate(cohort, f"{APPLIED} pause:2025-04-10 2025-03-15")
    assert applied(programme, "2025-03-14") == (1, 0, 0, 4, 4)
    assert applied(programme, "2025-04-09") == (1, 0, 1, 5, 5)
    assert applied(programme, "2025-04-12") == (1, 0, 0, 7, 7)
    assert applied(programme, "2025-04-16") == (1, 1, 0, 11, 11)


def test_a_rest_that_came_later_was_none_before(programme: Programme, cohort: Any) -> None:
    rests = "pause:2025-03-14 2025-03-12 resume 2025-03-13 pause:2025-04-10 2025-03-15"
    programme.candidate(cohort, f"{APPLIED} {rests} selected 2025-04-20")
    assert applied(programme, "2025-03-12") == (1, 0, 1, 2, 2)
    assert applied(programme, "2025-03-14") == (1, 0, 0, 3, 3)
    assert applied(programme, "2025-04-01") == (1, 0, 1, 4, 4)
    assert applied(programme, "2025-04-19") == (1, 1, 0, 13, 13)


def test_who_has_ended_or_come_to_the_last_stage_is_not_on_the_way(programme: Programme, cohort: Any) -> None:
    programme.candidate(cohort, f"{APPLIED} selected 2025-03-20 hired 2025-04-01")
    programme.candidate(cohort, f"{APPLIED} withdrawn 2025-04-02")
    assert seen(programme, "2025-04-02").pipelines == ()
    on_the_way = [
        (each.stage.name, each.here) for each in seen(programme, "2025-03-31").pipelines[0].standing
    ]
    assert on_the_way == [("lead", 0), ("applied", 1), ("selected", 1)]


def test_seats_are_those_held_on_the_day(programme: Programme, cohort: Any) -> None:
    programme.candidate(cohort, f"{APPLIED} selected 2025-03-20 hired 2025-04-01")
    programme.candidate(cohort, f"{APPLIED} selected 2025-03-25 declined 2025-04-05")

    def held(as_of: str) -> tuple[int, int, int | None, int]:
        (seats,) = seen(programme, as_of).cohorts
        return seats.taken, seats.started, seats.free, seats.on_the_way

    assert held("2025-03-19") == (0, 0, 2, 2)
    assert held("2025-04-01") == (2, 1, 0, 1)
    assert held("2025-04-05") == (1, 1, 1, 0)


def test_a_seat_that_was_taken_up_again_later_was_free_in_between(programme: Programme, cohort: Any) -> None:
    programme.candidate(cohort, f"{APPLIED} selected 2025-03-25 declined 2025-04-05 reopen 2025-05-01")
    days = ("2025-04-04", "2025-04-05", "2025-04-30", "2025-05-01")
    assert [each.taken for day in days for each in seen(programme, day).cohorts] == [1, 0, 0, 1]


def test_a_cohort_is_shown_while_it_is_not_over(programme: Programme, cohort: Any) -> None:
    assert len(seen(programme, "2026-01-18").cohorts) == 1
    assert seen(programme, "2026-01-19").cohorts == ()
    assert len(seen(programme, "2026-01-19", "HT2025").cohorts) == 1
    programme.candidate(cohort, APPLIED)
    assert len(seen(programme).cohorts) == 1


def test_a_term_a_unit_or_a_pipeline_limits_it(programme: Programme, cohort: Any) -> None:
    programme.candidate(cohort, APPLIED)
    programme.candidate(programme.cohort("HT2026", unit="Vuxen"), "2025-03-01", 2)
    here = [
        sum(each.here for of in seen(programme, **only).pipelines for each in of.standing)
        for only in ({}, {"terms": "HT2025"}, {"unit": "Vuxen"}, {"pipeline": "trainee"})
    ]
    assert here == [3, 1, 2, 2]
