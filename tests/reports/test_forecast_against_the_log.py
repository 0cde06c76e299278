"""Whatever happens, the forecast is given the stays that a plain walk through the log finds, day by day."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from socrekry.domain import events, intents
from socrekry.domain.folding import standing_entries
from socrekry.domain.term import HT, Term
from socrekry.reports.stays import stays
from socrekry.services.acting import Step, act
from socrekry.store import log
from tests.reports.programme import TODAY, Programme, a_programme

BEGAN = date(2025, 3, 1)
COHORTS = {1: Term(2025, HT), 2: Term(2026, HT)}

actions = st.sampled_from(
    (
        intents.Advance(imported=True),
        intents.Advance(imported=True),
        intents.Reserve(),
        intents.Close("withdrawn", "candidate"),
        intents.Reopen(),
        intents.Transfer(2),
        "pause 20",
        "pause 20",
        "pause 300",
        intents.Resume(),
        intents.Undo(),
        intents.Correct("applied"),
        intents.Correct("selected"),
    )
)
lives = st.lists(st.tuples(actions, st.integers(0, 40)), max_size=9)


class Found(NamedTuple):
    """Stays that were left, by stage, days and where they led; and those open, by stage, days and term."""

    left: Counter[tuple[str, int, str | None]]
    here: Counter[tuple[str, int, Term]]


class Walk:
    """One candidacy's way, walked event by event; days are counted one by one."""

    def __init__(self) -> None:
        self.stage, self.since, self.rests = "", BEGAN, list[tuple[date, date]]()
        self.left: list[tuple[str, int, str | None]] = []

    def days_until(self, day: date) -> int:
        every = (self.since + timedelta(days=n) for n in range((day - self.since).days))
        return sum(not any(begins <= each < ends for begins, ends in self.rests) for each in every)

    def leave(self, day: date, to: str | None) -> None:
        self.left.append((self.stage, self.days_until(day), to))
        self.stage, self.since, self.rests = to or "", day, []

    def see(self, event: events.Event, day: date) -> None:
        match event:
            case events.Opened(stage) | events.Reopened(stage):
                self.stage, self.since, self.rests = stage, day, []
            case events.Moved(target=target):
                self.leave(day, target)
            case events.Closed():
                self.leave(day, None)
            case events.Paused(until):
                self.rests = [(begins, min(ends, day)) for begins, ends in self.rests] + [(day, until)]
            case events.Resumed():
                self.rests[-1] = self.rests[-1][0], day


def walked(programme: Programme, people: int, as_of: date) -> Found:
    found = Found(Counter(), Counter())
    for candidacy in range(1, people + 1):
        entries = standing_entries(log.read(programme.store, candidacy))
        cohorts = [e.event.cohort for e in entries if isinstance(e.event, events.Opened | events.Transferred)]
        walk = Walk()
        for entry in entries:
            if entry.occurred_on is not None and entry.occurred_on <= as_of:
                walk.see(entry.event, entry.occurred_on)
        found.left.update(walk.left)
        if walk.stage not in ("", "started"):
            found.here[walk.stage, walk.days_until(as_of), COHORTS[cohorts[-1]]] += 1
    return found


def counted(programme: Programme, as_of: date, *, by_name: bool) -> Found:
    """Return what a forecast is given, in the same form."""
    found = Found(Counter(), Counter())
    for each in stays(programme.store, as_of, by_name=by_name).values():
        for stage, days, to, number in each.left:
            found.left[stage, days, to] += number
        for (stage, days, term, number), _unit, _who in each.here:
            found.here[stage, days, term] += number
    return found


def live(programme: Programme, cohort: Any, life: list[tuple[intents.Intent | str, int]]) -> None:
    """Add a candidate and let happen what may; what is refused has not happened."""
    label, day = programme.candidate(cohort, BEGAN.isoformat()), BEGAN
    for what, days in life:
        day += timedelta(days=days)
        intent = (
            intents.Pause(day + timedelta(days=int(what.split()[1])), "leave")
            if isinstance(what, str)
            else what
        )
        to = intent.cohort if isinstance(intent, intents.Transfer) else None
        step = Step(intent, day, cohort=to)
        act(programme.writing(), [label], lambda *_, step=step: [step])


@settings(max_examples=60, deadline=None)
@given(st.lists(lives, min_size=1, max_size=4), st.integers(0, 300))
def test_the_forecast_is_given_what_the_log_says(
    lived: list[list[tuple[intents.Intent | str, int]]], days: int
) -> None:
    with TemporaryDirectory() as folder, a_programme(Path(folder, "store.db")) as programme:
        cohort = programme.cohort("HT2025", 20)
        programme.cohort("HT2026", 20)
        for life in lived:
            live(programme, cohort, life)
        for as_of in (BEGAN + timedelta(days=days), TODAY):
            expected = walked(programme, len(lived), as_of)
            for by_name in (False, True):
                assert counted(programme, as_of, by_name=by_name) == expected
