"""Time in a stage: what a walk through the log counts day by day, and some histories counted by hand."""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socrekry.domain import events, intents
from socrekry.domain.folding import standing_entries
from socrekry.domain.term import parse_range
from socrekry.reports.asking import Question
from socrekry.reports.figures import Duration
from socrekry.reports.listing import Wanted, candidacies
from socrekry.reports.term_report import term_report
from socrekry.services.acting import Step, act
from socrekry.store import log
from tests.reports.programme import TODAY, Programme, a_programme

BEGAN = date(2025, 3, 1)
ORDER = ("lead", "applied", "reserve", "selected", "placement", "trainee", "offer", "hired", "started")
EXPECTED = {"lead": 30, "applied": 30, "reserve": 120, "selected": 120, "placement": 160, "trainee": 400}

actions = st.sampled_from(
    (
        *[intents.Advance(imported=True)] * 3,
        *[intents.Pause(BEGAN, "leave")] * 3,  # the day is put in by `live`
        intents.Resume(),
        intents.Reserve(),
        intents.Close("withdrawn", "candidate"),
        intents.Reopen(),
        intents.Undo(),
    )
)
lives = st.lists(st.tuples(actions, st.integers(0, 60)), max_size=9)


class Stay(NamedTuple):
    """A stay as of a day: the days it lasted without those rested, how it was left, whether it rests."""

    stage: str
    days: int
    left: str | None
    resting: bool


def live(programme: Programme, label: str, life: list[tuple[intents.Intent, int]]) -> None:
    day = BEGAN
    for intent, days in life:
        day += timedelta(days=days)
        rest = intents.Pause(day + timedelta(days=45), "leave")
        plan = [Step(rest if isinstance(intent, intents.Pause) else intent, day)]
        act(programme.writing(), [label], lambda *_: plan)  # noqa: B023 – at once


def stays_of(programme: Programme, candidacy: int, as_of: date) -> Iterator[Stay]:
    stage, entered, rests = "", BEGAN, [(BEGAN, BEGAN)]

    def stay(until: date, left: str | None) -> Stay:
        every = (entered + timedelta(days=n) for n in range((until - entered).days))
        days = sum(not any(begun <= day < end for begun, end in rests) for day in every)
        return Stay(stage, days, left, any(begun <= until < end for begun, end in rests))

    for entry in standing_entries(log.read(programme.store, candidacy)):
        on, event = entry.occurred_on, entry.event
        if on is None or on > as_of:
            continue
        rests = [(begun, min(end, on)) for begun, end in rests] if ends_a_rest(event) else rests
        match event:
            case events.Opened(begun) | events.Reopened(begun):
                stage, entered = begun, on
            case events.Moved(target=target):
                yield stay(on, "aside" if target == "reserve" else "onward")
                stage, entered = target, on
            case events.Closed():
                yield stay(on, "ended")
                stage = ""
            case events.Paused(until=until):
                rests = [*rests, (on, until)]
    if stage:
        yield stay(as_of, None)


def ends_a_rest(event: events.Event) -> bool:
    return isinstance(event, events.Moved | events.Closed | events.Resumed | events.Paused)


def counted_by_hand(stays: list[Stay]) -> tuple[int | None, ...]:
    """Return median, 80th percentile, and the stays that led on, did not, last, and last too long."""
    times: list[int | None] = []
    for share in (Fraction(1, 2), Fraction(1, 5)):
        staying, found = Fraction(1), None
        for day in sorted({each.days for each in stays if each.left}):
            there = sum(each.days >= day for each in stays)
            staying *= 1 - Fraction(sum(each.days == day for each in stays if each.left), there)
            found = day if found is None and staying <= share else found
        times.append(found)
    here = [each for each in stays if each.left is None]
    late = [each for each in here if each.days > EXPECTED.get(each.stage, 9_999) and not each.resting]
    onward = sum(each.left == "onward" for each in stays)
    return (*times, onward, len(stays) - onward - len(here), len(here), len(late))


def durations(programme: Programme, as_of: date = TODAY) -> dict[str, Duration]:
    found = term_report(programme.store, Question(as_of, parse_range("HT2025")), TODAY)
    return {each.stage.name: each for each in found.cohorts[0].account.durations}


@settings(max_examples=40, deadline=None)
@given(st.lists(lives, min_size=1, max_size=5), st.lists(st.integers(0, 300), min_size=1, max_size=4))
def test_a_stages_time_is_what_the_log_says_day_by_day(
    lived: list[list[tuple[intents.Intent, int]]], days: list[int]
) -> None:
    with TemporaryDirectory() as folder, a_programme(Path(folder, "store.db")) as programme:
        cohort = programme.cohort("HT2025")
        for life in lived:
            live(programme, programme.candidate(cohort, BEGAN.isoformat()), life)
        for as_of in (TODAY, *(BEGAN + timedelta(days=n) for n in days)):
            every = [each for n in range(len(lived)) for each in stays_of(programme, n + 1, as_of)]
            for stage, found in durations(programme, as_of).items():
                if stage in ("lead", "applied", "reserve", "selected", "placement", "trainee"):
                    expected = counted_by_hand([each for each in every if each.stage == stage])
                    assert found[1:-1] == expected, (stage, as_of)


@settings(max_examples=15, deadline=None)
@given(st.lists(lives, min_size=1, max_size=5))
def test_as_many_are_overdue_as_a_list_of_the_stalled_has(
    lived: list[list[tuple[intents.Intent, int]]],
) -> None:
    with TemporaryDirectory() as folder, a_programme(Path(folder, "store.db")) as programme:
        cohort = programme.cohort("HT2025")
        for life in lived:
            live(programme, programme.candidate(cohort, BEGAN.isoformat()), life)
        listed = candidacies(programme.store, Wanted(stalled=True), TODAY)
        overdue = sum(each.overdue or 0 for each in durations(programme).values())
        assert overdue == listed.total


def test_who_is_still_there_makes_a_stage_slower_than_those_who_left(programme: Programme) -> None:
    cohort = programme.cohort("HT2025")
    programme.candidate(cohort, "2025-03-01 applied 2025-03-11", 3)
    programme.candidate(cohort, "2025-03-01", 4)
    assert durations(programme)["lead"][1:-1] == (None, None, 3, 0, 4, 4)
    assert durations(programme, date(2025, 3, 10))["lead"][1:-1] == (None, None, 0, 0, 7, 0)


def test_a_way_out_ends_a_stay_as_a_way_on_does(programme: Programme) -> None:
    cohort = programme.cohort("HT2025")
    programme.candidate(cohort, "2025-03-01 applied 2025-03-11 reserve 2025-03-21", 2)
    programme.candidate(cohort, "2025-03-01 no-reply 2025-04-01", 3)
    found = durations(programme)
    assert found["lead"][1:-1] == (31, 31, 2, 3, 0, 0)
    assert found["applied"][1:-1] == (10, 10, 0, 2, 0, 0)


@pytest.mark.parametrize(("day", "overdue"), [("2025-03-31", 0), ("2025-04-01", 1)])
def test_a_stay_is_overdue_after_the_days_that_the_stage_expects(
    programme: Programme, day: str, overdue: int
) -> None:
    programme.candidate(programme.cohort("HT2025"), "2025-03-01")
    assert durations(programme, date.fromisoformat(day))["lead"].overdue == overdue
    assert durations(programme, date.fromisoformat(day))["hired"].overdue == 0


def test_who_rests_is_not_overdue_and_the_rest_is_no_time(programme: Programme) -> None:
    programme.candidate(programme.cohort("HT2025"), "2025-03-01 pause:2025-06-01 2025-04-15")
    assert durations(programme, date(2025, 4, 14))["lead"].overdue == 1
    assert durations(programme, date(2025, 5, 1))["lead"].overdue == 0
    assert durations(programme, date(2025, 6, 1))["lead"].overdue == 1
